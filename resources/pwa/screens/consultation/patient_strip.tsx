import { Icon } from '#pwa/design/icon'
import type { Chart } from '#pwa/device/types'
import { activeAllergies } from '#pwa/screens/consultation/records_shown'
import { useFoundElsewhere } from '#pwa/screens/patients/found_elsewhere'
import { nameOf, whoIs, WhoLine } from '#pwa/screens/patients/who'
import { t } from '#pwa/texts/t'
import '#pwa/screens/consultation/consultation.css'

interface PatientStripProps {
  chart: Chart | null
  /** Of somebody who was found beyond the device. */
  patientId?: string
}

/** Whose chart is written into, with the allergies, above every clinical form. */
export function PatientStrip({ chart, patientId = '' }: PatientStripProps) {
  const found = useFoundElsewhere(patientId)
  const who = chart ? whoIs(chart.patient.data as never) : found
  if (!who) return <p class="quiet">{t('consultation.unknown_patient')}</p>
  return (
    <div class="consultation-strip">
      <p class="consultation-strip-name">{nameOf(who)}</p>
      <p class="quiet small">
        <WhoLine who={who} />
      </p>
      {chart ? <Allergies chart={chart} /> : null}
    </div>
  )
}

function Allergies({ chart }: { chart: Chart }) {
  const names = activeAllergies(chart).map(({ description }) => description)
  if (!names.length) return <p class="quiet small">{t('consultation.no_allergies')}</p>
  return (
    <p class="consultation-strip-allergies">
      <Icon name="allergy" size={20} />
      {t('consultation.allergies', { names: names.join(', ') })}
    </p>
  )
}
