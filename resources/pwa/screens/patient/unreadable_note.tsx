import { Banner } from '#pwa/design/banner'
import { unreadableCharts } from '#pwa/device/held'
import { formatDateTime } from '#pwa/texts/format'
import { t } from '#pwa/texts/t'

/** That the server has more of this chart than anybody can read, since when, and what to tell whom. */
export function UnreadableNote({ patientId }: { patientId: string }) {
  const chart = unreadableCharts.value.find(({ scope }) => scope === patientId)
  if (!chart) return null
  return (
    <Banner tone="warning">
      <p>{t('patient.unreadable', { since: formatDateTime(chart.since) })}</p>
      <p>
        {t('patient.unreadable.tell')} <code>{chart.id}</code>
      </p>
    </Banner>
  )
}
