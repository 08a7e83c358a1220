import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { Button } from '#pwa/design/button'
import { DateInput, Select, TextArea, TextInput } from '#pwa/design/controls'
import { Field } from '#pwa/design/field'
import { Form } from '#pwa/design/form'
import { textOf, type ClinicalFormProps, type Values } from '#pwa/screens/consultation/clinical_form'
import { dayOf, fromLocalInput, localInput } from '#pwa/screens/consultation/local_time'
import { COUNTRIES, IDENTITY_FIELDS, identityInput, SEXES } from '#pwa/screens/patients/identity'
import { language, t } from '#pwa/texts/t'
import '#pwa/screens/patients/patient_form.css'

type Props = Omit<ClinicalFormProps, 'patientId'> & {
  /** What stands between the fields and the button, such as who this may be. */
  children?: ComponentChildren
}

/** An identity: of a new patient, a correction of it (`former`), or one that the server refused. */
export function PatientForm({ initial = {}, former, error, submitLabel, isBusy, children, ...does }: Props) {
  const [values, setValues] = useState<Values>(() =>
    Object.fromEntries(IDENTITY_FIELDS.map((field) => [field, initial[field] ?? former?.[field] ?? '']))
  )
  const [missing, setMissing] = useState<string[]>([])
  const set = (field: string, value: unknown) => {
    const next = { ...values, [field]: value }
    setValues(next)
    setMissing(missing.filter((each) => each !== field))
    does.onChange?.(next)
  }
  const submit = () => {
    const lacking = NEEDED.filter((field) => !textOf(values[field]).trim())
    setMissing(lacking)
    if (lacking[0]) return focusOn(lacking[0])
    return does.onDone(identityInput(values, former))
  }
  const about = (field: string, hint?: string) => ({
    label: t(`patients.field.${field}`),
    hint,
    required: NEEDED.includes(field),
    error: missing.includes(field) ? t(`patients.missing.${field}`) : undefined,
    pointer: field,
  })
  const typed = (field: string) => ({
    name: field,
    value: textOf(values[field]),
    onInput: (event: { currentTarget: { value: string } }) => set(field, event.currentTarget.value),
  })
  return (
    <Form onSubmit={submit} error={error ?? null}>
      <div class="patient-form-grid">
        <Field {...about('family_name')}>
          <TextInput {...typed('family_name')} maxLength={120} autocomplete="off" autocapitalize="words" />
        </Field>
        <Field {...about('given_name')}>
          <TextInput {...typed('given_name')} maxLength={120} autocomplete="off" autocapitalize="words" />
        </Field>
        <Field {...about('dob')}>
          <DateInput {...typed('dob')} max={dayOf()} />
        </Field>
        <Field {...about('sex')}>
          <Select {...typed('sex')} options={sexOptions()} />
        </Field>
        <Field {...about('phone', t('patients.hint.phone'))}>
          <TextInput {...typed('phone')} type="tel" maxLength={32} autocomplete="off" />
        </Field>
        <Field {...about('address')}>
          <TextArea {...typed('address')} rows={2} maxLength={500} />
        </Field>
        <Field {...about('national_id')}>
          <TextInput {...typed('national_id')} maxLength={32} autocomplete="off" autocapitalize="characters" />
        </Field>
        <Field {...about('national_id_country')}>
          <Select {...typed('national_id_country')} options={countryOptions()} />
        </Field>
        <Field {...about('email')}>
          <TextInput {...typed('email')} type="email" maxLength={254} autocomplete="off" />
        </Field>
        {former ? (
          <Field {...about('deceased_at', t('patients.hint.deceased_at'))}>
            <TextInput
              {...typed('deceased_at')}
              type="datetime-local"
              value={localInput(values.deceased_at)}
              onInput={(event: { currentTarget: { value: string } }) =>
                set('deceased_at', fromLocalInput(event.currentTarget.value, former.deceased_at))
              }
            />
          </Field>
        ) : (
          <Field {...about('mrn', t('patients.hint.mrn'))}>
            <TextInput {...typed('mrn')} maxLength={32} autocomplete="off" autocapitalize="characters" />
          </Field>
        )}
      </div>
      {children}
      <div class="patient-form-actions">
        <Button type="submit" busy={isBusy}>
          {submitLabel ?? t('patients.keep')}
        </Button>
        {does.onCancel && (
          <Button kind="quiet" onClick={does.onCancel}>
            {t('patients.cancel')}
          </Button>
        )}
      </div>
    </Form>
  )
}

const focusOn = (field: string) =>
  document.querySelector<HTMLElement>(`.patient-form-grid [data-pointer="/${field}"] .control`)?.focus()

const NEEDED: string[] = ['family_name', 'given_name', 'dob', 'sex']

const sexOptions = () => [
  { value: '', label: t('patients.choose') },
  ...SEXES.map((sex) => ({ value: sex, label: t(`patients.sex.${sex}`) })),
]

function countryOptions() {
  const names = new Intl.DisplayNames(language.value, { type: 'region' })
  const named = COUNTRIES.map((code) => ({
    value: code,
    label: code === 'generic' ? t('patients.other_country') : (names.of(code) ?? code),
  }))
  return [{ value: '', label: t('patients.own_country') }, ...named]
}
