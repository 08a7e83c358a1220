import type { OutboxItem } from '#pwa/device/types'
import { Banner, EmptyState } from '#pwa/design/surfaces'
import { Button } from '#pwa/design/button'
import { List } from '#pwa/design/list'
import { Page } from '#pwa/design/page'
import { BegunWriting } from '#pwa/screens/outbox/begun_writing'
import { isOnItsWay, isUnsent, needsDecision } from '#pwa/screens/outbox/describe_item'
import { OutboxRow } from '#pwa/screens/outbox/outbox_row'
import { saveUnsent } from '#pwa/screens/outbox/save_file'
import { SyncStatus } from '#pwa/screens/outbox/sync_status'
import { useOutbox } from '#pwa/screens/outbox/use_outbox'
import { useSentLately } from '#pwa/screens/outbox/use_sent_lately'
import { syncState } from '#pwa/sync/sync'
import { t } from '#pwa/texts/t'
import '#pwa/screens/outbox/outbox.css'

/** Everything that this device has written and the server does not have, and what it sent lately. */
export default function OutboxScreen() {
  const items = useOutbox()
  const { problem } = syncState.value
  return (
    <Page title={t('sync.title')}>
      <SyncStatus />
      {problem && <Banner tone="warning">{t('sync.problem', { title: problem.title })}</Banner>}
      {items && <Items items={items} />}
    </Page>
  )
}

function Items({ items }: { items: OutboxItem[] }) {
  const unsent = items.filter(isUnsent)
  const setAside = items.filter(({ state }) => state === 'set_aside')
  const sent = useSentLately()
  return (
    <>
      {unsent.length === 0 && (
        <EmptyState icon="check" title={t('sync.empty.title')}>
          {t('sync.empty.text')}
        </EmptyState>
      )}
      <Group title={t('sync.group.attention')} items={unsent.filter(needsDecision)} />
      <Group title={t('sync.group.waiting')} items={unsent.filter(isOnItsWay)} />
      <BegunWriting items={items} />
      <Group title={t('sync.group.set_aside')} items={setAside} hint={t('sync.set_aside.hint')} />
      {unsent.length > 0 && (
        <div class="row">
          <Button kind="quiet" icon="download" onClick={() => void saveUnsent()}>
            {t('sync.export_all')}
          </Button>
        </div>
      )}
      <Group title={t('sync.group.sent')} items={sent} />
    </>
  )
}

function Group({ title, items, hint }: { title: string; items: OutboxItem[]; hint?: string }) {
  if (!items.length) return null
  return (
    <section class="stack-close">
      <h2>{title}</h2>
      {hint && <p class="outbox-hint">{hint}</p>}
      <List>
        {items.map((item) => (
          <OutboxRow key={item.mutationId} item={item} />
        ))}
      </List>
    </section>
  )
}
