import { useRoute } from 'preact-iso'
import { Page } from '#pwa/design/page'
import { EmptyState, Spinner } from '#pwa/design/surfaces'
import { AddendaCard } from '#pwa/screens/consultation/addenda_card'
import { ConsultationItems } from '#pwa/screens/consultation/consultation_items'
import { ConsultationText } from '#pwa/screens/consultation/consultation_text'
import { PatientStrip } from '#pwa/screens/consultation/patient_strip'
import { consultationOf } from '#pwa/screens/consultation/records_shown'
import { RefusedHere } from '#pwa/screens/consultation/refused_here'
import { useChartFound, useHeld } from '#pwa/screens/consultation/use_held'
import { formatShortDate } from '#pwa/texts/format'
import { t } from '#pwa/texts/t'

export default function ConsultationScreen() {
  const { id, cid } = useRoute().params as { id: string; cid: string }
  const found = useChartFound(id)
  const chart = found === 'looking' ? null : found
  const held = useHeld('consultation', cid, chart)
  const back = `/app/patients/${id}`
  if (held === 'looking') return <Spinner label={t('consultation.title')} />
  if (!held)
    return (
      <Page title={t('consultation.title')} back={back}>
        <EmptyState icon="stethoscope" title={t('consultation.unknown')}>
          {t('consultation.unknown_hint')}
        </EmptyState>
      </Page>
    )
  const { date } = consultationOf(held)
  const title = date ? t('consultation.of_day', { day: formatShortDate(date) }) : t('consultation.title')
  return (
    <Page title={title} back={back}>
      <div class="stack">
        <PatientStrip chart={chart} />
        <RefusedHere held={held} />
        <ConsultationText key={cid} patientId={id} held={held} />
        <ConsultationItems patientId={id} held={held} chart={found} />
        <AddendaCard name="consultations.add_addendum" held={held} chart={chart} />
      </div>
    </Page>
  )
}
