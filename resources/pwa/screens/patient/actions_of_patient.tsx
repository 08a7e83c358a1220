import { Button } from '#pwa/design/button'
import type { IconName } from '#pwa/design/icon'
import { can } from '#pwa/session/session'
import { t } from '#pwa/texts/t'

interface Action {
  name: string
  icon: IconName
  path: string
  permission: string
}

const ACTIONS: Action[] = [
  { name: 'consultation', icon: 'stethoscope', path: 'consultations/new', permission: 'consultations.record' },
  { name: 'vitals', icon: 'vitals', path: 'records/new?type=vital_signs', permission: 'medical_records.observe' },
  { name: 'record', icon: 'note', path: 'records/new', permission: 'medical_records.add' },
  { name: 'lab', icon: 'flask', path: 'labs/new', permission: 'lab_results.enter' },
]

/** Only what the person may do; the first of them is what they came for. */
export function ActionsOfPatient({ patientId }: { patientId: string }) {
  const allowed = ACTIONS.filter(({ permission }) => can(permission))
  if (!allowed.length) return null
  return (
    <nav class="patient-actions" aria-label={t('patient.actions')}>
      {allowed.map(({ name, icon, path }, index) => (
        <Button key={name} kind={index ? 'quiet' : 'primary'} icon={icon} href={`/app/patients/${patientId}/${path}`}>
          {t(`patient.action.${name}`)}
        </Button>
      ))}
    </nav>
  )
}
