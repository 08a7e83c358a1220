import { Button } from '#pwa/design/button'
import { Card } from '#pwa/design/surfaces'
import { UnreadableSummary } from '#pwa/screens/outbox/unreadable_summary'
import { LoadProgress } from '#pwa/screens/prepare/load_progress'
import { isOnline, syncNow, syncState } from '#pwa/sync/sync'
import { formatDateTime } from '#pwa/texts/format'
import { t } from '#pwa/texts/t'

const BUSY = new Set(['loading', 'sending', 'pulling'])

/** When device and server last agreed, what goes on now, and a way to try at once. */
export function SyncStatus() {
  const { phase, agreedAt } = syncState.value
  const shown = isOnline.value ? phase : 'offline'
  const agreed = agreedAt ? t('sync.agreed', { at: formatDateTime(agreedAt) }) : t('sync.never_agreed')
  return (
    <Card>
      <div class="stack-close">
        <p class="outbox-phase" role="status">
          {t(`sync.phase.${shown}`)}
        </p>
        <p class="outbox-agreed">{agreed}</p>
        <UnreadableSummary />
        {shown === 'loading' && <LoadProgress />}
        {isOnline.value && (
          <div class="row">
            <Button icon="sync" busy={BUSY.has(shown)} onClick={() => void syncNow()}>
              {t('sync.send_now')}
            </Button>
          </div>
        )}
      </div>
    </Card>
  )
}
