import { useMemo } from 'preact/hooks'
import { Button } from '#pwa/design/button'
import { Badge, Card, EmptyState, StandingBadge } from '#pwa/design/surfaces'
import type { Chart, Held } from '#pwa/device/types'
import { isActive, prescriptionOf } from '#pwa/screens/consultation/records_shown'
import { recordHref } from '#pwa/screens/patient/ways'
import { routeText } from '#pwa/screens/prescription/route_text'
import { useShownSoFar } from '#pwa/screens/patients/use_shown_so_far'
import { formatDate } from '#pwa/texts/format'
import { t } from '#pwa/texts/t'

/** What is taken now, then what was; the latest first in each. */
export function PrescriptionsTab({ chart }: { chart: Chart }) {
  const sorted = useMemo(() => [...chart.prescriptions].sort((one, other) => whenOf(other) - whenOf(one)), [chart])
  const active = sorted.filter(isActive)
  const over = sorted.filter((each) => !isActive(each))
  const { count, hasMore, more, end } = useShownSoFar(over.length, chart.patient.id)
  if (!sorted.length)
    return (
      <EmptyState icon="pill" title={t('patient.prescriptions.empty')}>
        <p>{t('patient.prescriptions.empty_detail')}</p>
      </EmptyState>
    )
  return (
    <div class="stack">
      <Card title={t('patient.prescriptions.active', { count: active.length })}>
        {active.length ? <Medicines held={active} /> : <p class="quiet">{t('patient.prescriptions.none_active')}</p>}
      </Card>
      {over.length > 0 && (
        <Card title={t('patient.prescriptions.over', { count: over.length })}>
          <Medicines held={over.slice(0, count)} />
          {hasMore && (
            <button ref={end} type="button" class="button button-quiet" onClick={more}>
              {t('patients.more')}
            </button>
          )}
        </Card>
      )}
    </div>
  )
}

const writtenAt = (held: Held) => String(prescriptionOf(held).prescribed_at ?? held.writtenAt ?? '')
const whenOf = (held: Held) => Date.parse(writtenAt(held)) || 0

function Medicines({ held }: { held: Held[] }) {
  return (
    <ul class="patient-medicines">
      {held.map((each) => {
        const { medicine, dosage, duration, route, status, stopped_at, override_reason } = prescriptionOf(each)
        return (
          <li key={each.id}>
            <div>
              <a class="patient-entry-title" href={recordHref(each)}>
                {medicine}
              </a>
              <p>{[dosage, route && routeText(route), duration].filter(Boolean).join(' · ')}</p>
              <p class="quiet small">
                {t('prescription.prescribed_at')} {formatDate(writtenAt(each))}
                {stopped_at && ` · ${t('patient.prescriptions.stopped', { day: formatDate(stopped_at) })}`}
              </p>
              {override_reason && (
                <p class="small">{t('patient.prescriptions.override', { reason: override_reason })}</p>
              )}
              <span class="row">
                {status && status !== 'active' && <Badge tone="neutral">{t(`prescription.status.${status}`)}</Badge>}
                {each.standing !== 'sent' && <StandingBadge standing={each.standing} />}
              </span>
            </div>
            <Button kind="quiet" icon="print" href={`/app/patients/${each.scope}/prescriptions/${each.id}/print`}>
              {t('prescription.print')}
            </Button>
          </li>
        )
      })}
    </ul>
  )
}
