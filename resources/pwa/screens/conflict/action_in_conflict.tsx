import { useSignal } from '@preact/signals'
import { useLocation } from 'preact-iso'
import type { ServerVersion } from '#app/sync/protocol'
import type { OutboxItem } from '#pwa/device/types'
import { Button } from '#pwa/design/button'
import { Banner, Card } from '#pwa/design/surfaces'
import { setAside, settle } from '#pwa/device/outbox'
import { isDoneAlready } from '#pwa/screens/conflict/ended'
import { Readable } from '#pwa/screens/conflict/readable'
import { WhoAndWhen } from '#pwa/screens/conflict/who_and_when'
import { t } from '#pwa/texts/t'

/** To cancel, stop or validate something that was changed meanwhile: whoever did it sees what they would do it to. */
export function ActionInConflict({ item, theirs }: { item: OutboxItem; theirs: ServerVersion }) {
  const isSaving = useSignal(false)
  const { route } = useLocation()
  const decide = async (decision: () => Promise<void>) => {
    isSaving.value = true
    await decision()
    route('/app/outbox')
  }
  const isDone = isDoneAlready(item.name, theirs.data)
  return (
    <>
      <Banner tone={isDone ? 'info' : 'warning'}>{t(`sync.conflict.action.${isDone ? 'done' : 'intro'}`)}</Banner>
      <WhoAndWhen item={item} theirs={theirs} />
      <Card>
        <Readable data={theirs.data} />
      </Card>
      <div class="row">
        {isDone ? null : (
          <Button busy={isSaving.value} onClick={() => void decide(() => settle(item.mutationId, item.data))}>
            {t('sync.conflict.action.go')}
          </Button>
        )}
        <Button
          kind={isDone ? 'primary' : 'quiet'}
          busy={isSaving.value}
          onClick={() => void decide(() => setAside(item.mutationId))}
        >
          {t(`sync.conflict.action.${isDone ? 'close' : 'leave'}`)}
        </Button>
      </div>
    </>
  )
}
