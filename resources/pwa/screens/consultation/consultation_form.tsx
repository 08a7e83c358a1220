import { useRef } from 'preact/hooks'
import { Button } from '#pwa/design/button'
import { Form } from '#pwa/design/form'
import { carried, inputOf, textOf, type ClinicalFormProps, type Values } from '#pwa/screens/consultation/clinical_form'
import { ConsultationFields } from '#pwa/screens/consultation/consultation_fields'
import { instantOf } from '#pwa/screens/consultation/local_time'
import { useProblems, useValues } from '#pwa/screens/consultation/use_values'
import { can } from '#pwa/session/session'
import { t } from '#pwa/texts/t'

export type HeldStatus = 'planned' | 'in_progress' | 'finished'

export interface Ending {
  label: string
  status?: HeldStatus
  kind?: 'primary' | 'quiet'
}

interface ConsultationFormProps extends ClinicalFormProps {
  /** The ways to end the form; each gives its own state. One that keeps the state, where nothing is said. */
  endings?: Ending[]
  /** Also for what is pressed beside the form, so that it saves first. */
  saver?: { current: ((status: HeldStatus) => Promise<boolean>) | null }
}

const TEXTS = ['date', 'reason', 'notes', 'follow_up_on'] as const
const DIAGNOSIS = ['diagnosis', 'diagnosis_code', 'diagnosis_code_system'] as const

/** What this person writes; a nurse's consultation leaves the diagnosis to a doctor, and does not name it at all. */
function fieldsOf(from: Values): Values {
  const names = can('consultations.diagnose') ? [...TEXTS, ...DIAGNOSIS] : TEXTS
  return Object.fromEntries(names.map((name) => [name, textOf(from[name])]))
}

export function ConsultationForm(props: ConsultationFormProps) {
  const { initial = {}, former, error, submitLabel, isBusy, onDone, onChange, onCancel, endings, saver } = props
  const [values, change] = useValues(fieldsOf({ date: instantOf(), ...initial }), onChange)
  const [problems, arePassed] = useProblems()
  const chosen = useRef<HeldStatus | undefined>(undefined)

  const finish = async (status = textOf(initial.status)) => {
    const isPlanned = status === 'planned' && former?.status !== 'planned'
    const isLate = isPlanned && Date.parse(textOf(values.date)) < Date.now() - 60_000
    const date = values.date ? (isLate ? t('consultation.needs_future') : undefined) : t('consultation.needs_date')
    if (!arePassed({ date })) return false
    const input = inputOf(withCodeSystem(status ? { ...values, status } : values), former)
    await onDone(former ? input : { ...carried(initial, ['patient_id']), ...input })
    return true
  }
  if (saver) saver.current = finish

  return (
    <Form error={error} onSubmit={() => void finish(chosen.current)}>
      <ConsultationFields values={values} change={change} problems={problems} />
      <div class="row">
        {(endings ?? [{ label: submitLabel ?? t('consultation.save') }]).map(({ label, status, kind }) => (
          <Button key={label} type="submit" kind={kind} busy={isBusy} onClick={() => (chosen.current = status)}>
            {label}
          </Button>
        ))}
        {onCancel ? (
          <Button kind="quiet" onClick={onCancel}>
            {t('consultation.go_back')}
          </Button>
        ) : null}
      </div>
    </Form>
  )
}

/** A code says nothing without its system; ICD-10 is the one of the form. */
function withCodeSystem(values: Values): Values {
  if (!('diagnosis_code' in values)) return values
  const code = textOf(values.diagnosis_code).trim()
  return {
    ...values,
    diagnosis_code: code,
    diagnosis_code_system: code ? textOf(values.diagnosis_code_system) || 'ICD-10' : '',
  }
}
