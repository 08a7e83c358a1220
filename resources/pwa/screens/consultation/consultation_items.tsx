import { Button } from '#pwa/design/button'
import { List } from '#pwa/design/list'
import { Card, EmptyState, Spinner } from '#pwa/design/surfaces'
import type { Chart, Held } from '#pwa/device/types'
import { additionsTo } from '#pwa/screens/consultation/additions'
import { LabItem, PrescriptionItem, RecordItem } from '#pwa/screens/consultation/item_lines'
import { consultationIdOf, consultationOf } from '#pwa/screens/consultation/records_shown'
import { t } from '#pwa/texts/t'

interface ItemsProps {
  patientId: string
  held: Held
  chart: Chart | null | 'looking'
}

/** What was measured, prescribed and written down during the visit. */
export function ConsultationItems({ patientId, held, chart: found }: ItemsProps) {
  const isLooking = found === 'looking'
  const chart = isLooking ? null : found
  const isOfThis = (each: Held) => consultationIdOf(each) === held.id
  const records = chart?.records.filter(isOfThis) ?? []
  const prescriptions = chart?.prescriptions.filter(isOfThis) ?? []
  const results = chart?.labResults.filter(isOfThis) ?? []
  const isOpen = consultationOf(held).status !== 'cancelled'
  const isEmpty = !records.length && !prescriptions.length && !results.length
  return (
    <Card title={t('consultation.within')}>
      <div class="stack">
        {isLooking ? (
          <Spinner label={t('common.loading')} />
        ) : isEmpty ? (
          <EmptyState icon="note" title={t('consultation.nothing_within')}>
            {t('consultation.nothing_within_hint')}
          </EmptyState>
        ) : (
          <List label={t('consultation.within')}>
            {records.map((each) => (
              <RecordItem key={each.id} patientId={patientId} held={each} />
            ))}
            {prescriptions.map((each) => (
              <PrescriptionItem key={each.id} patientId={patientId} held={each} />
            ))}
            {results.map((each) => (
              <LabItem key={each.id} patientId={patientId} held={each} />
            ))}
          </List>
        )}
        <div class="row">
          {isOpen
            ? additionsTo(patientId, held.id).map(({ label, icon, href }) => (
                <Button key={href} kind="quiet" icon={icon} href={href}>
                  {label}
                </Button>
              ))
            : null}
          {prescriptions.length ? (
            <Button kind="quiet" icon="print" href={`/app/patients/${patientId}/consultations/${held.id}/print`}>
              {t('consultation.print_all')}
            </Button>
          ) : null}
        </div>
      </div>
    </Card>
  )
}
