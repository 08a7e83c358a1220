import { test } from '@japa/runner'
import { IDBFactory } from 'fake-indexeddb'
import { Engine } from '#pwa/sync/engine'
import { diskWithRoomFor, openDevice, reopened, TestClock } from './device.js'
import { SmallServer } from './small_server.js'

const uuid = (n: number) => `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`
const AWA = uuid(1)
const BINTA = uuid(2)
const CIRE = uuid(3)
const VISIT = uuid(11)
const OTHER = uuid(12)
const HOUR = 3_600_000

function ward() {
  const server = new SmallServer()
  for (const id of [AWA, BINTA, CIRE]) server.patient(id)
  server.write('consultation', AWA, { id: VISIT, patient_id: AWA, diagnosis: 'Toux' })
  server.write('consultation', BINTA, { id: OTHER, patient_id: BINTA, diagnosis: 'Toux' })
  return server
}

/** A device that has loaded three charts. */
async function loaded({ indexedDB = new IDBFactory(), clock = new TestClock(), server = ward() } = {}) {
  const store = await openDevice({ indexedDB, clock })
  const engine = new Engine(store, server)
  await engine.round()
  const diagnosis = async (id: string) => (await store.record('consultation', id))?.data.diagnosis
  const scopes = () => store.unreadable.value.map(({ scope }) => scope)
  return { server, store, engine, indexedDB, clock, diagnosis, scopes }
}

/** The server cannot read a later version of one consultation; another chart changes too. */
async function damaged() {
  const all = await loaded()
  const { server, engine } = all
  server.damaged.set(AWA, VISIT)
  server.write('consultation', AWA, { id: VISIT, diagnosis: 'Asthme' })
  server.write('consultation', BINTA, { id: OTHER, diagnosis: 'Grippe' })
  server.time = '2026-03-10T10:00:00.000Z'
  return { ...all, end: await engine.round() }
}

test.group('A chart that the server cannot read', () => {
  test('keeps what the device has of it, says so, and lets the others come', async ({ assert }) => {
    const { server, store, end, diagnosis, engine } = await damaged()
    assert.equal(end, 'agreed')
    assert.deepEqual([await diagnosis(VISIT), await diagnosis(OTHER)], ['Toux', 'Grippe'])
    const told = [{ scope: AWA, entity: 'consultation', id: VISIT, since: '2026-03-10T10:00:00.000Z' }]
    assert.deepEqual(store.unreadable.value as unknown, told)
    const { cursor } = (await store.position())!
    await engine.round()
    assert.equal(server.calls.at(-1)!.cursor, cursor, 'the cursor went on')
  })

  test('is still marked in another process, and no more once the store is locked', async ({ assert }) => {
    const { indexedDB, store } = await damaged()
    const later = await reopened({ indexedDB })
    assert.deepEqual(later.unreadable.value, store.unreadable.value)
    later.lockbox.lock()
    assert.isEmpty(later.unreadable.value)
  })

  test('is asked for again once an hour, and marked since the first time', async ({ assert }) => {
    const { server, store, engine, clock } = await damaged()
    const loads = server.loads.length
    clock.jump(HOUR - 1)
    await engine.round()
    assert.lengthOf(server.loads, loads)
    clock.jump(1)
    server.time = '2026-03-10T11:00:00.000Z'
    for (let n = 0; n < 3; n++) assert.equal(await engine.round(), 'agreed')
    assert.deepEqual(server.loads.slice(loads), [{ after: undefined, patients: [AWA], today: undefined }])
    assert.equal(store.unreadable.value[0]!.since, '2026-03-10T10:00:00.000Z')
    clock.jump(-48 * HOUR)
    await engine.round()
    assert.lengthOf(server.loads, loads + 2, 'a clock that is set back keeps nobody waiting')
  })

  test('comes whole once it can be read, and is forgotten as such', async ({ assert }) => {
    const { server, engine, clock, diagnosis, scopes } = await damaged()
    server.damaged.clear()
    await engine.round()
    assert.equal(await diagnosis(VISIT), 'Toux', 'control: no pull brings what the cursor has passed')
    clock.jump(HOUR)
    assert.equal(await engine.round(), 'agreed')
    assert.equal(await diagnosis(VISIT), 'Asthme')
    assert.isEmpty(scopes())
  })

  test('takes what is told of it later, and stays marked', async ({ assert }) => {
    const { server, store, engine, scopes } = await damaged()
    server.damaged.clear()
    server.write('patient', AWA, { id: AWA, address: 'Thiès' })
    await engine.round()
    assert.equal((await store.record('patient', AWA))!.data.address, 'Thiès')
    assert.deepEqual(scopes(), [AWA])
  })

  test('does not cut a first load, which has nothing of it', async ({ assert }) => {
    const server = ward()
    server.damaged.set(BINTA, OTHER)
    const { store, engine, clock, scopes } = await loaded({ server })
    assert.deepEqual(store.charts.patients.value.map(({ id }) => id).sort(), [AWA, CIRE])
    assert.deepEqual(scopes(), [BINTA])
    const loads = server.loads.length
    server.write('consultation', BINTA, { id: OTHER, diagnosis: 'Grippe' })
    assert.equal(await engine.round(), 'agreed')
    server.damaged.clear()
    server.write('consultation', BINTA, { id: OTHER, diagnosis: 'Asthme' })
    assert.equal(await engine.round(), 'agreed')
    assert.lengthOf(server.loads, loads, 'it counts as held: nobody asks for it in every round')
    assert.isNull(await store.record('consultation', OTHER), 'never half a chart')
    clock.jump(HOUR)
    assert.equal(await engine.round(), 'agreed')
    assert.equal((await store.record('consultation', OTHER))!.data.diagnosis, 'Asthme')
    assert.isEmpty(scopes())
  })

  test('stays through a new epoch, after which it is asked for again', async ({ assert }) => {
    const { server, engine, diagnosis, scopes } = await damaged()
    server.restore(server.copy(), { epoch: uuid(99), restoredTo: '2026-03-10T00:00:00.000Z' })
    assert.equal(await engine.round(), 'agreed')
    assert.deepEqual(scopes(), [AWA])
    assert.equal(await diagnosis(VISIT), 'Toux')
    server.damaged.clear()
    server.restore(server.copy(), { epoch: uuid(98), restoredTo: '2026-03-10T00:00:00.000Z' })
    assert.equal(await engine.round(), 'agreed')
    assert.isEmpty(scopes())
    assert.equal(await diagnosis(VISIT), 'Asthme')
  })

  test('goes with its patient: purged, or not theirs in a load', async ({ assert }) => {
    const purged = await damaged()
    purged.server.granted.delete(AWA)
    await purged.engine.round()
    assert.isEmpty(purged.scopes())
    assert.isNull(await purged.store.record('patient', AWA))
    const left = await damaged()
    left.server.granted.delete(AWA)
    left.server.restore(left.server.copy(), { epoch: uuid(99), restoredTo: '2026-03-10T00:00:00.000Z' })
    assert.equal(await left.engine.round(), 'agreed')
    assert.isEmpty(left.scopes())
    assert.isNull(await left.store.record('patient', AWA))
  })

  test('is not forgotten to make room: the server could not give it again', async ({ assert }) => {
    const { store } = await damaged()
    const disk = diskWithRoomFor(0)
    try {
      await store.writing.write({ name: 'records.add', scope: CIRE, data: { description: 'Asthme' } })
    } finally {
      disk.end()
    }
    const left = store.charts.patients.value.map(({ id }) => id)
    assert.deepEqual(left, [AWA], 'the others can be loaded again')
  })
})
