import type { ComponentChildren } from 'preact'
import { Select, TextArea, TextInput } from '#pwa/design/controls'
import { Field } from '#pwa/design/field'
import { routeText } from '#pwa/screens/prescription/route_text'
import { t } from '#pwa/texts/t'

interface MedicineFieldsProps {
  values: Record<string, string>
  change: (changes: Record<string, string>) => void
  problems: Record<string, string | undefined>
  /** What there is to say of the medicine, right below it. */
  warning: ComponentChildren
}

const ROUTES = [
  'oral',
  'intramuscular',
  'intravenous',
  'subcutaneous',
  'rectal',
  'vaginal',
  'topical',
  'inhaled',
  'eye',
  'ear',
  'nasal',
] as const

export function MedicineFields({ values, change, problems, warning }: MedicineFieldsProps) {
  const input = (name: string) => ({
    value: values[name] ?? '',
    onInput: (event: { currentTarget: { value: string } }) => change({ [name]: event.currentTarget.value }),
  })
  return (
    <>
      <Field
        label={t('prescription.medicine')}
        hint={t('prescription.medicine_hint')}
        pointer="medicine"
        error={problems.medicine}
        required
      >
        <TextInput autocomplete="off" maxLength={500} {...input('medicine')} />
      </Field>
      {warning}
      <Field label={t('prescription.dosage')} hint={t('prescription.dosage_hint')} pointer="dosage">
        <TextInput autocomplete="off" maxLength={500} {...input('dosage')} />
      </Field>
      <Field label={t('prescription.route')} pointer="route">
        <Select options={routesWith(values.route)} {...input('route')} />
      </Field>
      <Field label={t('prescription.duration')} hint={t('prescription.duration_hint')} pointer="duration">
        <TextInput autocomplete="off" maxLength={120} {...input('duration')} />
      </Field>
      <Field label={t('prescription.notes')} pointer="notes">
        <TextArea rows={2} {...input('notes')} />
      </Field>
      <Field label={t('prescription.code')} hint={t('prescription.code_hint')} pointer="code">
        <TextInput
          class="control control-short"
          autocomplete="off"
          maxLength={64}
          spellcheck={false}
          {...input('code')}
        />
      </Field>
    </>
  )
}

/** What a record has that the form does not know is offered too, so that opening it changes nothing. */
function routesWith(present: string | undefined) {
  const known = ['', ...ROUTES]
  const all = present && !known.includes(present) ? [...known, present] : known
  return all.map((value) => ({ value, label: value ? routeText(value) : t('prescription.route_none') }))
}
