import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { Card } from '#pwa/design/surfaces'
import { formerVersions, type FormerVersion } from '#pwa/device/held'
import { Readable } from '#pwa/screens/conflict/readable'
import { formatDateTime } from '#pwa/texts/format'
import { t } from '#pwa/texts/t'

/** The sides that lost, as this device keeps them; nothing where there is none. */
export default function FormerVersions({ recordId }: { recordId: string }) {
  const found = useSignal<FormerVersion[]>([])
  useEffect(() => {
    void formerVersions(recordId).then((versions) => (found.value = versions))
  }, [recordId])
  if (!found.value.length) return null
  return (
    <Card title={t('sync.history.title')}>
      {found.value.map(({ at, by, data }) => (
        <details key={at + by} class="conflict-former">
          <summary>{t(`sync.history.${by}`, { at: formatDateTime(at) })}</summary>
          <Readable data={data} />
        </details>
      ))}
    </Card>
  )
}
