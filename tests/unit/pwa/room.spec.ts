import { test } from '@japa/runner'
import { IDBFactory } from 'fake-indexeddb'
import { Engine } from '#pwa/sync/engine'
import { openDeviceStore } from '#pwa/device/open_device_store'
import { CREDENTIAL, PASSPHRASE, SOMEBODY, TestClock } from '#tests/unit/pwa/device'
import { SmallServer } from '#tests/unit/pwa/small_server'

const MEGABYTE = 1024 * 1024

/** A device on a disk with so many bytes left. */
async function deviceWithRoom(left: { bytes: number }) {
  const around = { indexedDB: new IDBFactory(), crypto: globalThis.crypto, clock: new TestClock(), name: 'test' }
  const store = openDeviceStore({
    ...around,
    reserve: MEGABYTE,
    roomLeft: async () => left.bytes,
    iterations: 10,
  })
  await store.lockbox.create(PASSPHRASE, SOMEBODY, CREDENTIAL)
  return store
}

const somebody = (n: number) => `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`

test.group('The last room of a disk', () => {
  test('is for writes: downloads stop before it is used, and go on when there is more', async ({ assert }) => {
    const left = { bytes: 3 * MEGABYTE }
    const store = await deviceWithRoom(left)
    const server = new SmallServer()
    for (let n = 1; n <= 3; n++) server.patient(somebody(n))
    const engine = new Engine(store, server)
    await engine.round()
    assert.deepEqual([...engine.needs.value], ['room'])
    assert.isEmpty(server.loads)
    left.bytes = 100 * MEGABYTE
    engine.needNot('room')
    assert.equal(await engine.round(), 'agreed')
    assert.lengthOf(store.charts.patients.value, 3)
  })

  test('holds a reserve that is given up before any chart is, once, and kept again later', async ({ assert }) => {
    const store = await deviceWithRoom({ bytes: 100 * MEGABYTE })
    const server = new SmallServer()
    for (let n = 1; n <= 3; n++) server.patient(somebody(n))
    const engine = new Engine(store, server)
    await engine.round()
    assert.isTrue(await store.makeRoom())
    assert.lengthOf(store.charts.patients.value, 3)
    assert.isTrue(await store.makeRoom())
    assert.isEmpty(store.charts.patients.value)
    assert.isFalse(await store.makeRoom())
    await engine.round()
    assert.lengthOf(store.charts.patients.value, 3)
    assert.isTrue(await store.makeRoom())
    assert.lengthOf(store.charts.patients.value, 3)
  })
})
