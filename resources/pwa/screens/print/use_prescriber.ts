import { useEffect, useState } from 'preact/hooks'
import { api, ask, can, me } from '#pwa/session/session'
import { isOnline } from '#pwa/sync/sync'

/** Whose prescription it is: one's own is known, a colleague's is asked for; null leaves a line to write on. */
export function usePrescriber(id: string | null | undefined): string | null {
  const [asked, setAsked] = useState<string | null>(null)
  const isOwn = id === undefined || id === me.value?.id
  const online = isOnline.value
  useEffect(() => {
    setAsked(null)
    if (isOwn || !id || !online || !can('doctors.view')) return
    let isCurrent = true
    void ask(api.GET('/api/v1/doctors/{id}', { params: { path: { id } } })).then(({ data }) => {
      if (isCurrent && data) setAsked(data.name)
    })
    return () => {
      isCurrent = false
    }
  }, [id, isOwn, online])
  return isOwn ? (me.value?.name ?? null) : asked
}
