import { useSignal } from '@preact/signals'
import { useLocation } from 'preact-iso'
import type { ServerVersion } from '#app/sync/protocol'
import type { OutboxItem } from '#pwa/device/types'
import { Button } from '#pwa/design/button'
import { Banner, Card } from '#pwa/design/surfaces'
import { setAside } from '#pwa/device/outbox'
import { Readable } from '#pwa/screens/conflict/readable'
import { WhoAndWhen } from '#pwa/screens/conflict/who_and_when'
import { AddendumInstead } from '#pwa/screens/consultation/addendum_instead'
import { t } from '#pwa/texts/t'

/**
 * A correction of what was cancelled or stopped meanwhile: whatever is chosen, the server would refuse it. What was
 * written can still be added to the record, or left.
 */
export function EndedMeanwhile({ item, theirs }: { item: OutboxItem; theirs: ServerVersion }) {
  const isSaving = useSignal(false)
  const { route } = useLocation()
  const leave = async () => {
    isSaving.value = true
    await setAside(item.mutationId)
    route('/app/outbox')
  }
  return (
    <>
      <Banner tone="warning">{t(`sync.conflict.ended.${item.entity}`)}</Banner>
      <WhoAndWhen item={item} theirs={theirs} />
      <Card title={t('sync.conflict.theirs')}>
        <Readable data={theirs.data} />
      </Card>
      <AddendumInstead item={item} record={{ ...item, id: item.recordId, data: theirs.data }} />
      <div class="row">
        <Button kind="quiet" busy={isSaving.value} onClick={() => void leave()}>
          {t('sync.conflict.ended.leave')}
        </Button>
      </div>
    </>
  )
}
