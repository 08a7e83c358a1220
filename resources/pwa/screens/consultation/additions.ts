import type { IconName } from '#pwa/design/icon'
import { recordTypes } from '#pwa/screens/record/record_types'
import { can } from '#pwa/session/session'
import { t } from '#pwa/texts/t'

interface Addition {
  label: string
  icon: IconName
  href: string
}

/** What this person may add during a consultation, and where. */
export function additionsTo(patientId: string, consultationId: string): Addition[] {
  const chart = `/app/patients/${patientId}`
  const within = `consultation=${consultationId}`
  const types = recordTypes()
  const additions: (Addition | false)[] = [
    types.includes('vital_signs') && {
      label: t('consultation.add_vitals'),
      icon: 'vitals',
      href: `${chart}/records/new?type=vital_signs&${within}`,
    },
    can('prescriptions.prescribe') && {
      label: t('consultation.add_prescription'),
      icon: 'pill',
      href: `${chart}/consultations/${consultationId}/prescriptions/new`,
    },
    types.length > 0 && {
      label: t('consultation.add_record'),
      icon: 'note',
      href: `${chart}/records/new?${within}`,
    },
    can('lab_results.enter') && {
      label: t('consultation.add_lab'),
      icon: 'flask',
      href: `${chart}/labs/new?${within}`,
    },
  ]
  return additions.filter((each) => each !== false)
}
