import { computed } from '@preact/signals'
import type { Entity } from '#app/sync/protocol'
import { nextCall, type CallOptions } from '#pwa/device/calls'
import { Charts } from '#pwa/device/charts'
import { Core, type Surroundings } from '#pwa/device/core'
import { metaOf } from '#pwa/device/database'
import { DraftBox } from '#pwa/device/draft_box'
import { exportUnsent } from '#pwa/device/export_unsent'
import { Loads } from '#pwa/device/loads'
import { Lockbox } from '#pwa/device/lockbox'
import { Queue } from '#pwa/device/queue'
import { Reading } from '#pwa/device/reading'
import { hasRoom, keepReserve, makeRoom, useReserve } from '#pwa/device/room'
import { Taking } from '#pwa/device/taking'
import { UnreadableCharts } from '#pwa/device/unreadable'
import { Writing } from '#pwa/device/writing'

export type DeviceStore = ReturnType<typeof openDeviceStore>

/** The store of one device, closed until it is unlocked. Nothing of it is shared with another in the same process. */
export function openDeviceStore(around: Surroundings) {
  const core = new Core(around)
  const queue = new Queue(core)
  const reading = new Reading(core, queue)
  const charts = new Charts(core, queue, reading)
  const unreadable = new UnreadableCharts(core)
  const ofToday = () => new Set(charts.today.peek().map(({ patient }) => patient.id))
  const room = async () => (await useReserve(core)) || makeRoom(core, ofToday())
  const writing = new Writing(core, queue, reading, room)
  const lockbox = new Lockbox(core, {
    async fill() {
      await core.refresh('all')
      await keepReserve(core)
    },
    empty() {
      queue.forget()
      charts.forget()
      unreadable.forget()
    },
  })
  around.channel?.listen((message) => {
    if (message.kind === 'changed') void core.refresh(message.scopes)
  })
  return {
    around,
    state: core.state,
    person: core.person,
    lockbox,
    writing,
    charts,
    queue,
    unreadable: unreadable.charts,
    outbox: queue.items,
    waitingCount: computed(() => queue.items.value.filter(({ state }) => state !== 'set_aside').length),
    drafts: new DraftBox(core, room),
    taking: new Taking(core, queue),
    loads: new Loads(core),
    hasRoom: () => hasRoom(core),
    makeRoom: room,
    keepReserve: () => keepReserve(core),
    record: (entity: Entity, id: string) => reading.record(entity, id),
    position: async () => (await metaOf(await core.database(), 'position')) ?? null,
    nextCall: (options: CallOptions) => nextCall(core, queue, options),
    exportUnsent: (mutationIds?: string[]) => exportUnsent(core, queue, charts, mutationIds),
    /** When everything that happened so far is shown. */
    settled: () => core.settled(),
    close: () => core.close(),
  }
}
