import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { ServerVersion } from '#app/sync/protocol'
import type { OutboxItem } from '#pwa/device/types'
import { api, ask, me } from '#pwa/session/session'
import { isOnline } from '#pwa/sync/sync'
import { formatDateTime } from '#pwa/texts/format'
import { t } from '#pwa/texts/t'

/** Whose the other version is and when either was written. */
export function WhoAndWhen({ item, theirs }: { item: OutboxItem; theirs: ServerVersion }) {
  const who = useNameOf(theirs.updated_by)
  return (
    <ul class="conflict-who">
      <li>{t('sync.conflict.mine_at', { at: formatDateTime(item.writtenAt) })}</li>
      <li>{t('sync.conflict.theirs_by', { who, at: formatDateTime(theirs.updated_at) })}</li>
    </ul>
  )
}

/** The device keeps no list of colleagues: a name is asked for where there is a network. */
function useNameOf(userId: string | null): string {
  const name = useSignal<string | null>(null)
  const isMine = userId !== null && userId === me.value?.id
  useEffect(() => {
    if (!userId || isMine || !isOnline.value) return
    void ask(api.GET('/api/v1/doctors/{id}', { params: { path: { id: userId } } })).then(({ data }) => {
      if (data) name.value = data.name
    })
  }, [userId, isMine])
  return isMine ? t('sync.conflict.you_elsewhere') : (name.value ?? t('sync.conflict.somebody'))
}
