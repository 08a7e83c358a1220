import type { PatientLine } from '#pwa/device/loads'
import type { DeviceStore } from '#pwa/device/open_device_store'
import type { LoadQuery, Transport } from '#pwa/sync/transport'

/** So many charts are stored at once; the first ones sooner, so that there is something to see. */
const AT_ONCE = 20
const AT_FIRST = 5
/** So many a call may name. */
const MOST_NAMED = 50

interface Progress {
  /** Before a load, how many patients it brings; then how many more came. */
  begun: (total: number) => void
  loaded: (count: number) => void
  /** Between two parts: whoever waits to send something may. */
  pause: () => Promise<void>
}

/**
 * Loads what the device is to hold and does not: today's patients first, then all; or the charts that are newly theirs.
 * @returns false where the stream was cut; what came is kept
 */
export async function loadCharts(store: DeviceStore, transport: Transport, progress: Progress): Promise<boolean> {
  const position = (await store.position())!
  const { loading, load } = position
  if (!loading) return loadSome(store, transport, progress, position.wanted.slice(0, MOST_NAMED))
  if (!loading.isTodayDone && !loading.after) {
    const today = { today: dayAround(store.around.clock.now()) }
    if (!(await stream(store, transport, progress, today, { load, isFull: false }))) return false
    await store.loads.todayDone()
  }
  const query = loading.after ? { after: loading.after } : {}
  if (!(await stream(store, transport, progress, query, { load, isFull: true }))) return false
  await store.loads.allDone()
  return true
}

async function loadSome(store: DeviceStore, transport: Transport, progress: Progress, patients: string[]) {
  const load = await store.loads.begin()
  if (!(await stream(store, transport, progress, { patients }, { load, isFull: false }))) return false
  await store.loads.someDone(patients)
  return true
}

async function stream(
  store: DeviceStore,
  transport: Transport,
  progress: Progress,
  query: LoadQuery,
  how: { load: number; isFull: boolean }
): Promise<boolean> {
  let batch: PatientLine[] = []
  let most = AT_FIRST
  let at = ''
  const keep = async () => {
    if (!batch.length) return
    await store.loads.charts(batch, { ...how, at })
    progress.loaded(batch.length)
    batch = []
    most = AT_ONCE
    await progress.pause()
  }
  try {
    for await (const line of transport.load(query)) {
      if (line.kind === 'end') return true
      if (line.kind === 'begin') {
        at = line.server_time
        await store.loads.began(line)
        progress.begun(line.patients)
        continue
      }
      batch.push(line)
      if (batch.length >= most) await keep()
    }
    return false
  } finally {
    // Of a stream that was cut too: on a bad line the next one begins after it.
    await keep()
  }
}

/** From midnight to midnight, where the device is. */
function dayAround(now: number): { from: string; to: string } {
  const from = new Date(now)
  from.setHours(0, 0, 0, 0)
  const to = new Date(from)
  to.setDate(to.getDate() + 1)
  return { from: from.toISOString(), to: to.toISOString() }
}
