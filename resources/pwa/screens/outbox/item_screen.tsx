import { useRef } from 'preact/hooks'
import { lazy, useRoute } from 'preact-iso'
import type { OutboxItem } from '#pwa/device/types'
import { Button } from '#pwa/design/button'
import { Page } from '#pwa/design/page'
import { Banner, EmptyState } from '#pwa/design/surfaces'
import { needsDecision } from '#pwa/screens/outbox/describe_item'
import { useOutbox } from '#pwa/screens/outbox/use_outbox'
import { t } from '#pwa/texts/t'

const Conflict = lazy(() => import('#pwa/screens/conflict/conflict_screen'))
const Refused = lazy(() => import('#pwa/screens/refused/refused_screen'))
const FormerVersions = lazy(() => import('#pwa/screens/conflict/former_versions'))

/** One item that needs a decision, by its mutation; and what became of it once somebody has decided. */
export default function ItemScreen() {
  const { mutation } = useRoute().params
  const decided = useRef<OutboxItem | null>(null)
  const items = useOutbox()
  const item = items?.find(({ mutationId }) => mutationId === mutation)
  if (item && needsDecision(item)) decided.current = item
  if (item?.state === 'conflict' && item.theirs) return <Conflict key={mutation} item={item} theirs={item.theirs} />
  if (item?.state === 'refused') return <Refused key={mutation} item={item} />
  if (!items) return <Page title={t('sync.title')} back="/app/outbox" children={null} />
  return decided.current?.mutationId === mutation ? <Decided item={decided.current!} /> : <NothingToDecide />
}

function Decided({ item }: { item: OutboxItem }) {
  const isSettled = item.state === 'conflict'
  return (
    <Page title={t(isSettled ? 'sync.conflict.settled.title' : 'sync.refused.title')} back="/app/outbox">
      <Banner tone="success">{t(isSettled ? 'sync.conflict.settled.text' : 'sync.refused.decided')}</Banner>
      {isSettled && <FormerVersions recordId={item.recordId} />}
      <div class="row">
        <Button href="/app/outbox">{t('sync.back_to_outbox')}</Button>
      </div>
    </Page>
  )
}

function NothingToDecide() {
  return (
    <Page title={t('sync.title')} back="/app/outbox">
      <EmptyState icon="check" title={t('sync.not_found.title')}>
        <p>{t('sync.not_found.text')}</p>
        <Button href="/app/outbox">{t('sync.back_to_outbox')}</Button>
      </EmptyState>
    </Page>
  )
}
