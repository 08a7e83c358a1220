import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { Button } from '#pwa/design/button'
import { Page } from '#pwa/design/page'
import { Banner, Card } from '#pwa/design/surfaces'
import { store } from '#pwa/device/browser_store'
import { forgettable } from '#pwa/screens/room/forgettable'
import { needs, syncNow } from '#pwa/sync/sync'
import { formatBytes } from '#pwa/texts/format'
import { t } from '#pwa/texts/t'
import '#pwa/screens/prepare/prepare.css'

/** The browser's quota is full: what that means, how full it is, and what can go without losing anything. */
export default function RoomScreen() {
  const estimate = useEstimate()
  const forgotten = useSignal<number | null>(null)
  const isFull = needs.value.has('room')
  const charts = forgettable.value
  const forget = async () => {
    const count = charts.length
    // So many at once as the store finds good, until none is left.
    while (await store.makeRoom());
    forgotten.value = count
    await estimate.look()
  }
  return (
    <Page title={t('sync.room.title')} back="/app/outbox">
      {isFull ? (
        <Banner tone="warning">{t('sync.room.intro')}</Banner>
      ) : (
        <Banner tone="success">{t('sync.room.fine')}</Banner>
      )}
      {estimate.value && <Fullness {...estimate.value} />}
      <Card title={t('sync.room.forget.title')}>
        <div class="stack">
          {forgotten.value !== null && (
            <Banner tone="success">{t('sync.room.forget.done', { count: forgotten.value })}</Banner>
          )}
          {charts.length > 0 ? (
            <>
              <p>{t('sync.room.forget.text', { count: charts.length })}</p>
              <Button icon="trash" onClick={() => void forget()}>
                {t('sync.room.forget.action')}
              </Button>
            </>
          ) : (
            <p>{t('sync.room.forget.none')}</p>
          )}
        </div>
      </Card>
      <Card>
        <div class="stack">
          <p>{t('sync.room.advice')}</p>
          <Button kind="quiet" icon="sync" onClick={() => void syncNow()}>
            {t('sync.room.retry')}
          </Button>
        </div>
      </Card>
    </Page>
  )
}

interface Estimate {
  usage: number
  quota: number
}

function Fullness({ usage, quota }: Estimate) {
  const label = t('sync.room.used', { used: formatBytes(usage), quota: formatBytes(quota) })
  return (
    <div class="prepare-progress">
      <meter aria-label={label} min={0} max={quota || 1} high={quota * 0.9} value={usage} />
      <p>{label}</p>
    </div>
  )
}

/** Null where the browser does not tell. */
function useEstimate() {
  const found = useSignal<Estimate | null>(null)
  const look = async () => {
    const { usage, quota } = (await navigator.storage?.estimate?.()) ?? {}
    if (usage !== undefined && quota !== undefined) found.value = { usage, quota }
  }
  useEffect(() => void look(), [])
  return { value: found.value, look }
}
