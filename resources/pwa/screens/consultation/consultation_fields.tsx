import { Button } from '#pwa/design/button'
import { DateInput, Select, TextArea, TextInput } from '#pwa/design/controls'
import { Field } from '#pwa/design/field'
import { textOf, type Values } from '#pwa/screens/consultation/clinical_form'
import { dayOf, fromLocalInput, localInput } from '#pwa/screens/consultation/local_time'
import { TEMPLATES, withTemplate, type Template } from '#pwa/screens/consultation/templates'
import { t } from '#pwa/texts/t'
import '#pwa/screens/consultation/consultation.css'

interface FieldsProps {
  values: Values
  change: (changes: Values) => void
  problems: Record<string, string | undefined>
}

const ICD10 = /^[A-Z]\d[0-9A-Z](\.?[0-9A-Z]{1,4})?$/i

export function ConsultationFields({ values, change, problems }: FieldsProps) {
  return (
    <>
      <Field label={t('consultation.date')} pointer="date" error={problems.date} required>
        <TextInput
          type="datetime-local"
          class="control consultation-date"
          value={localInput(values.date)}
          onInput={(event) => change({ date: fromLocalInput(event.currentTarget.value, values.date) ?? '' })}
        />
      </Field>
      <TemplateField values={values} change={change} />
      <Field label={t('consultation.reason')} hint={t('consultation.reason_hint')} pointer="reason">
        <TextArea
          rows={2}
          value={textOf(values.reason)}
          onInput={(event) => change({ reason: event.currentTarget.value })}
        />
      </Field>
      <Field label={t('consultation.notes')} hint={t('consultation.notes_hint')} pointer="notes">
        <TextArea
          class="control control-area consultation-notes"
          rows={8}
          value={textOf(values.notes)}
          onInput={(event) => change({ notes: event.currentTarget.value })}
        />
      </Field>
      {'diagnosis' in values ? <DiagnosisFields values={values} change={change} /> : <NoDiagnosis />}
      <FollowUpField values={values} change={change} />
    </>
  )
}

type Part = Omit<FieldsProps, 'problems'>

function TemplateField({ values, change }: Part) {
  const none = { value: '', label: t('consultation.template_none') }
  const options = TEMPLATES.map((value) => ({ value, label: t(`consultation.template.${value}`) }))
  return (
    <Field label={t('consultation.template')} hint={t('consultation.template_hint')}>
      <Select
        options={[none, ...options]}
        onChange={(event) => {
          const chosen = event.currentTarget.value as Template | ''
          if (chosen) change(withTemplate(values, chosen))
        }}
      />
    </Field>
  )
}

const NoDiagnosis = () => <p class="quiet small">{t('consultation.no_diagnosis')}</p>

function DiagnosisFields({ values, change }: Part) {
  const code = textOf(values.diagnosis_code).trim()
  const system = textOf(values.diagnosis_code_system)
  const isUnlike = code !== '' && (system === '' || system === 'ICD-10') && !ICD10.test(code)
  return (
    <>
      <Field label={t('consultation.diagnosis')} pointer="diagnosis">
        <TextArea
          rows={2}
          value={textOf(values.diagnosis)}
          onInput={(event) => change({ diagnosis: event.currentTarget.value })}
        />
      </Field>
      <Field
        label={t('consultation.diagnosis_code')}
        hint={t(isUnlike ? 'consultation.code_unlike_icd10' : 'consultation.diagnosis_code_hint')}
        pointer="diagnosis_code"
      >
        <TextInput
          class="control control-short"
          autocapitalize="characters"
          autocomplete="off"
          spellcheck={false}
          maxLength={64}
          value={textOf(values.diagnosis_code)}
          onInput={(event) => change({ diagnosis_code: event.currentTarget.value })}
        />
      </Field>
    </>
  )
}

const SPANS = [7, 14, 30, 90]

function FollowUpField({ values, change }: Part) {
  return (
    <div class="stack-close">
      <Field label={t('consultation.follow_up_on')} pointer="follow_up_on">
        <DateInput
          value={textOf(values.follow_up_on)}
          onInput={(event) => change({ follow_up_on: event.currentTarget.value })}
        />
      </Field>
      <div class="consultation-spans">
        {SPANS.map((days) => (
          <Button
            key={days}
            kind="quiet"
            // What is seen is part of what is heard, so that whoever speaks to the page can press it.
            aria-label={`${t('consultation.follow_up_days', { days })}, ${t('consultation.follow_up_in', { days })}`}
            onClick={() => change({ follow_up_on: dayOf(new Date(Date.now() + days * 86_400_000)) })}
          >
            {t('consultation.follow_up_days', { days })}
          </Button>
        ))}
      </div>
    </div>
  )
}
