import { useSignal } from '@preact/signals'
import { Button } from '#pwa/design/button'
import { Banner, Card } from '#pwa/design/surfaces'
import { outbox } from '#pwa/device/outbox'
import { isUnsent } from '#pwa/screens/outbox/describe_item'
import { saveUnsent } from '#pwa/screens/outbox/save_file'
import { isOnline, syncNow } from '#pwa/sync/sync'
import { t } from '#pwa/texts/t'

/** What is not sent, and the two ways to have it elsewhere than on this device. */
export function UnsentCard({ count }: { count: number }) {
  const isSending = useSignal(false)
  const outcome = useSignal<'send_failed' | 'exported' | null>(null)
  const send = async () => {
    isSending.value = true
    await syncNow()
    isSending.value = false
    outcome.value = outbox.value.some(isUnsent) ? 'send_failed' : null
  }
  const save = async () => {
    await saveUnsent()
    outcome.value = 'exported'
  }
  return (
    <Card title={t('sync.leaving.unsent', { count })} tone="warning">
      <div class="stack">
        {outcome.value && (
          <Banner tone={outcome.value === 'exported' ? 'success' : 'warning'}>
            {t(`sync.leaving.${outcome.value}`)}
          </Banner>
        )}
        <div class="stack-close">
          <Button icon="send" busy={isSending.value} disabled={!isOnline.value} onClick={() => void send()}>
            {t('sync.leaving.send')}
          </Button>
          <p class="quiet small">{t(isOnline.value ? 'sync.leaving.send.hint' : 'sync.leaving.needs_network')}</p>
        </div>
        <div class="stack-close">
          <Button kind="quiet" icon="download" onClick={() => void save()}>
            {t('sync.leaving.export')}
          </Button>
          <p class="quiet small">{t('sync.leaving.export.hint')}</p>
        </div>
      </div>
    </Card>
  )
}
