import { test } from '@japa/runner'
import { IDBFactory } from 'fake-indexeddb'
import type { DeviceStore } from '#pwa/device/open_device_store'
import { Engine } from '#pwa/sync/engine'
import { openDevice } from './device.js'
import { SmallServer } from './small_server.js'

const uuid = (n: number) => `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`
const AWA = uuid(1)
const BEFORE = '2026-03-10T08:00:00.000Z'
const RESTORED = { restoredTo: '2026-03-10T09:30:00.000Z' }

async function device(server: SmallServer) {
  const store = await openDevice({ indexedDB: new IDBFactory() })
  return { store, engine: new Engine(store, server) }
}

const visit = (store: DeviceStore, scope: string, reason: string) =>
  store.writing.write({ name: 'consultations.record', scope, data: { reason } })
const states = (store: DeviceStore) => store.outbox.value.map(({ state }) => state)
const reasonsIn = ({ records }: SmallServer) => [...records.values()].flatMap(({ data }) => data.reason ?? []).sort()

/** One device registers somebody, a colleague’s writes about them; then the backup of before is put back. */
async function restored() {
  const server = new SmallServer()
  server.isStrict = true
  server.patient(AWA)
  const [one, colleague] = [await device(server), await device(server)]
  await one.engine.round()
  await colleague.engine.round()
  server.time = BEFORE
  const copy = server.copy()
  server.time = '2026-03-10T10:00:00.000Z'
  const { id } = await one.store.writing.write({ name: 'patients.register', scope: '', data: { family_name: 'Ba' } })
  await one.engine.round()
  await colleague.engine.round()
  await visit(colleague.store, id, 'Fièvre')
  await colleague.engine.round()
  await visit(colleague.store, id, 'Jamais envoyé')
  server.restore(copy, { epoch: uuid(99), ...RESTORED })
  server.time = '2026-03-11T10:00:00.000Z'
  return { server, one, colleague, patient: id }
}

test.group('After a backup was put back', () => {
  test('a write about somebody whom another device has to register again waits for them', async ({ assert }) => {
    const { server, one, colleague, patient } = await restored()
    assert.equal(await colleague.engine.round(), 'later')
    assert.deepEqual(states(colleague.store), ['waiting', 'waiting'])
    const calls = server.calls.length
    assert.equal(await colleague.engine.round(), 'later')
    assert.isBelow(server.calls.length - calls, 4, 'once a round')
    await one.engine.round()
    assert.isTrue(server.records.has(patient))
    assert.equal(await colleague.engine.round(), 'agreed')
    assert.isEmpty(colleague.store.outbox.value)
    assert.deepEqual(reasonsIn(server), ['Fièvre', 'Jamais envoyé'])
    assert.equal((await colleague.store.record('patient', patient))!.data.family_name, 'Ba')
  })

  test('is refused after seven days of the new epoch, and not before', async ({ assert }) => {
    const { server, colleague } = await restored()
    await colleague.engine.round()
    server.time = '2026-03-18T09:59:59.000Z'
    await colleague.engine.round()
    assert.deepEqual(states(colleague.store), ['waiting', 'waiting'])
    server.time = '2026-03-18T10:00:00.000Z'
    assert.equal(await colleague.engine.round(), 'agreed')
    assert.deepEqual(states(colleague.store), ['refused', 'refused'])
    assert.equal(colleague.store.outbox.value[0]!.problem!.code, 'not_found')
  })

  test('waits anew where another backup is put back meanwhile', async ({ assert }) => {
    const { server, colleague } = await restored()
    await colleague.engine.round()
    server.restore(server.copy(), { epoch: uuid(98), ...RESTORED })
    server.time = '2026-03-20T10:00:00.000Z'
    await colleague.engine.round()
    assert.deepEqual(states(colleague.store), ['waiting', 'waiting'])
  })

  test('control: what is written later, and whatever else is refused, waits for nobody', async ({ assert }) => {
    const { server, colleague, patient } = await restored()
    await colleague.engine.round()
    await visit(colleague.store, patient, 'Après')
    await colleague.engine.round()
    assert.deepEqual(states(colleague.store), ['waiting', 'waiting', 'refused'])
    server.isStrict = false
    server.refuses = () => ({ type: '', title: '', status: 422, code: 'invalid' })
    await colleague.engine.round()
    assert.deepEqual(states(colleague.store), ['refused', 'refused', 'refused'])
  })
})
