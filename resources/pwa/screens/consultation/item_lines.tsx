import { Icon } from '#pwa/design/icon'
import { ListItem } from '#pwa/design/list'
import { StandingBadge } from '#pwa/design/surfaces'
import type { Held } from '#pwa/device/types'
import { labResultOf, medicalRecordOf, prescriptionOf } from '#pwa/screens/consultation/records_shown'
import { resultText } from '#pwa/screens/patient/entry_words'
import { measurementText } from '#pwa/screens/record/measurement_text'
import { t } from '#pwa/texts/t'

interface LineProps {
  patientId: string
  held: Held
}

export function RecordItem({ patientId, held }: LineProps) {
  const record = medicalRecordOf(held)
  const isVitals = record.type === 'vital_signs'
  return (
    <ListItem
      href={`/app/patients/${patientId}/records/${held.id}`}
      lead={<Icon name={isVitals ? 'vitals' : record.type === 'allergy' ? 'allergy' : 'note'} />}
      title={isVitals ? measurementText(record) : record.description}
      detail={<Detail of={[t(`record.type.${record.type}`)]} held={held} />}
    />
  )
}

export function PrescriptionItem({ patientId, held }: LineProps) {
  const { medicine, dosage, duration, status = 'active' } = prescriptionOf(held)
  const state = status === 'active' ? null : t(`prescription.status.${status}`)
  return (
    <ListItem
      href={`/app/patients/${patientId}/prescriptions/${held.id}`}
      lead={<Icon name="pill" />}
      title={medicine}
      detail={<Detail of={[dosage, duration, state]} held={held} />}
    />
  )
}

export function LabItem({ patientId, held }: LineProps) {
  const { test_name, flag } = labResultOf(held)
  return (
    <ListItem
      href={`/app/patients/${patientId}/labs/${held.id}`}
      lead={<Icon name="flask" />}
      title={test_name}
      detail={<Detail of={[resultText(held), flag && t(`lab.flag.${flag}`)]} held={held} />}
    />
  )
}

/** The standing is below the words, which on a phone have the whole line. */
export function Detail({ of, held }: { of: (string | null | undefined)[]; held: Pick<Held, 'standing'> }) {
  return (
    <span class="consultation-detail">
      <span>{of.filter(Boolean).join(' · ')}</span>
      <StandingBadge standing={held.standing} />
    </span>
  )
}
