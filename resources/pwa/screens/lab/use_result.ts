import { useCallback, useEffect, useState } from 'preact/hooks'
import type { ProblemBody } from '#app/sync/protocol'
import { write } from '#pwa/device/outbox'
import type { Chart, Held } from '#pwa/device/types'
import type { Values } from '#pwa/screens/consultation/clinical_form'
import { useHeld } from '#pwa/screens/consultation/use_held'
import { api, ask } from '#pwa/session/session'
import { isOnline } from '#pwa/sync/sync'

type Found = Held | null | 'looking'

/**
 * A result as the device holds it; else as the server has it, since a laboratory keeps no charts. What is written goes
 * the same way as what was read: into the queue, or to the server at once.
 */
export function useResult(patientId: string, id: string, chart: Chart | null) {
  const held = useHeld('lab_result', id, chart)
  const [read, setRead] = useState<Found>('looking')
  const isElsewhere = held === null
  const online = isOnline.value

  const readAgain = useCallback(async () => {
    const { data } = await ask(api.GET('/api/v1/lab-results/{id}', { params: { path: { id } } }))
    setRead(data ? { entity: 'lab_result', id, scope: patientId, data, standing: 'sent' } : null)
  }, [id, patientId])
  useEffect(() => {
    if (!isElsewhere) return
    if (online) void readAgain()
    else setRead(null)
  }, [isElsewhere, online, readAgain])

  const tell = async (name: 'labs.amend' | 'labs.validate', data: Values): Promise<ProblemBody | null> => {
    if (!isElsewhere) {
      await write({ name, id, scope: patientId, data })
      return null
    }
    const { version } = (read as Held).data
    const path = { params: { path: { id } }, body: { ...data, version } }
    const { problem } =
      name === 'labs.amend'
        ? await ask(api.PATCH('/api/v1/lab-results/{id}', path))
        : await ask(api.POST('/api/v1/lab-results/{id}/validation', path))
    if (!problem || problem.status === 409) await readAgain()
    return problem ?? null
  }
  return { held: isElsewhere ? read : held, isElsewhere, tell }
}
