import { Choice, NumberInput, Select, TextInput } from '#pwa/design/controls'
import { Field } from '#pwa/design/field'
import type { Typed } from '#pwa/screens/record/record_content'
import type { RecordType } from '#pwa/screens/record/record_types'
import { VitalSignsFields } from '#pwa/screens/record/vital_signs_fields'
import { t } from '#pwa/texts/t'
import '#pwa/screens/record/record.css'

interface ContentProps {
  type: RecordType
  typed: Typed
  change: (next: Typed) => void
  problems: Record<string, string | undefined>
}

export function ContentFields(props: ContentProps) {
  const { type, typed, change } = props
  if (type === 'vital_signs')
    return (
      <VitalSignsFields
        signs={typed.signs}
        problem={props.problems.signs}
        change={(signs) => change({ ...typed, signs })}
      />
    )
  if (type === 'allergy') return <AllergyFields {...props} />
  if (type === 'vaccination') return <VaccinationFields {...props} />
  return null
}

const SEVERITIES = ['mild', 'moderate', 'severe']
const CATEGORIES = ['medication', 'food', 'environment', 'biologic']

function AllergyFields({ typed, change, problems }: ContentProps) {
  const none = { value: '', label: t('record.category_none') }
  const categories = CATEGORIES.map((value) => ({ value, label: t(`record.category.${value}`) }))
  return (
    <>
      <Field label={t('record.severity')} pointer="/content/severity" error={problems.severity}>
        <Choice
          name="severity"
          value={typed.severity || null}
          onChange={(severity) => change({ ...typed, severity })}
          options={SEVERITIES.map((value) => ({ value, label: t(`record.severity.${value}`) }))}
        />
      </Field>
      <Field label={t('record.reactions')} hint={t('record.reactions_hint')} pointer="/content/reactions">
        <TextInput
          autocomplete="off"
          value={typed.reactions}
          onInput={(event) => change({ ...typed, reactions: event.currentTarget.value })}
        />
      </Field>
      <Field label={t('record.category')} pointer="/content/category">
        <Select
          options={[none, ...categories]}
          value={typed.category}
          onInput={(event) => change({ ...typed, category: event.currentTarget.value })}
        />
      </Field>
    </>
  )
}

const DOSES = ['lot_number', 'dose_number', 'site', 'vaccine_code'] as const

function VaccinationFields({ typed, change, problems }: ContentProps) {
  return (
    <>
      {DOSES.map((name) => {
        const Input = name === 'dose_number' ? NumberInput : TextInput
        return (
          <Field key={name} label={t(`record.${name}`)} pointer={`/content/${name}`} error={problems[name]}>
            <Input
              autocomplete="off"
              maxLength={name === 'site' ? 120 : 64}
              value={typed[name]}
              onInput={(event) => change({ ...typed, [name]: event.currentTarget.value })}
            />
          </Field>
        )
      })}
    </>
  )
}
