import type { AnyComponent } from 'preact'
import { useSignal } from '@preact/signals'
import { lazy } from 'preact-iso'
import { useEffect } from 'preact/hooks'
import { MUTATIONS, type MutationName } from '#app/sync/protocol'
import type { OutboxItem } from '#pwa/device/types'
import { Spinner } from '#pwa/design/spinner'
import { recordOf } from '#pwa/device/held'
import type { ClinicalFormProps, Values } from '#pwa/screens/consultation/clinical_form'
import { t } from '#pwa/texts/t'

type Form = AnyComponent<ClinicalFormProps>

const Patient = lazy(async () => (await import('#pwa/screens/patients/patient_form')).PatientForm as Form)
const Consultation = lazy(
  async () => (await import('#pwa/screens/consultation/consultation_form')).ConsultationForm as Form
)
const Prescription = lazy(
  async () => (await import('#pwa/screens/prescription/prescription_form')).PrescriptionForm as Form
)
const MedicalRecord = lazy(async () => (await import('#pwa/screens/record/record_form')).RecordForm as Form)
const LabResult = lazy(async () => (await import('#pwa/screens/lab/lab_result_form')).LabResultForm as Form)
const Addendum = lazy(async () => (await import('#pwa/screens/refused/addendum_form')).AddendumForm as Form)

/** The form in which each was written, so that it is corrected where its author knows the way. */
const FORMS: Partial<Record<MutationName, Form>> = {
  'patients.register': Patient,
  'patients.correct': Patient,
  'consultations.record': Consultation,
  'consultations.correct': Consultation,
  'consultations.add_addendum': Addendum,
  'prescriptions.prescribe': Prescription,
  'prescriptions.amend': Prescription,
  'prescriptions.add_addendum': Addendum,
  'records.add': MedicalRecord,
  'records.amend': MedicalRecord,
  'records.add_addendum': Addendum,
  'labs.enter': LabResult,
  'labs.amend': LabResult,
  'labs.add_addendum': Addendum,
}

interface CorrectionProps {
  item: OutboxItem
  onDone: (data: Values) => Promise<void>
  onCancel: () => void
}

/** Null for what has no text of its own: a cancellation, a stop or a validation is sent again or left. */
export function correctionOf(name: MutationName): AnyComponent<CorrectionProps> | null {
  const Shown = FORMS[name]
  return Shown ? (props) => <Correction {...props} Shown={Shown} /> : null
}

function Correction({ item, onDone, onCancel, Shown }: CorrectionProps & { Shown: Form }) {
  const isBusy = useSignal(false)
  const former = useFormer(item)
  const save = async (data: Values) => {
    isBusy.value = true
    await onDone({ ...addressOf(item.data), ...data })
  }
  if (former === 'looking') return <Spinner label={t('common.loading')} />
  return (
    <Shown
      patientId={item.scope}
      initial={{ ...former, ...item.data }}
      former={former}
      error={item.problem ?? null}
      submitLabel={t('sync.refused.correct_title')}
      isBusy={isBusy.value}
      onDone={save}
      onCancel={onCancel}
    />
  )
}

/** What a form does not ask for, since it says where the record belongs. */
const ADDRESS = ['patient_id', 'consultation', 'consultation_id', 'record_id', 'type']
const addressOf = (data: Values) => Object.fromEntries(Object.entries(data).filter(([name]) => ADDRESS.includes(name)))

/** Of a correction, the record as it was before it; null for a new record. */
function useFormer(item: OutboxItem): Values | null | 'looking' {
  const { entity, recordId, base, name } = item
  const found = useSignal<Values | null | 'looking'>(MUTATIONS[name].creates ? null : 'looking')
  useEffect(() => {
    if (found.peek() !== 'looking') return
    void recordOf(entity, recordId).then((held) => (found.value = { ...held?.data, ...base }))
  }, [recordId])
  return found.value
}
