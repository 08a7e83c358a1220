import { test } from '@japa/runner'
import { IDBFactory } from 'fake-indexeddb'
import { Locked } from '#pwa/device/core'
import { UnsentWork } from '#pwa/device/lockbox'
import { ITERATIONS, newKey, openKey } from '#pwa/device/seal'
import {
  closedDevice,
  CREDENTIAL,
  dump,
  openDevice,
  PASSPHRASE,
  reopened,
  SOMEBODY,
  TestClock,
  TestTabs,
} from './device.js'

const PATIENT = { family_name: 'Ouédraogo', given_name: 'Fatoumata', sex: 'female', dob: '1985-07-14' }
const register = { name: 'patients.register', scope: '', data: PATIENT } as const

test.group('The store of a device', () => {
  test('refuses a short passphrase', async ({ assert }) => {
    const store = closedDevice()
    await assert.rejects(() => store.lockbox.create('neuf lett', SOMEBODY, CREDENTIAL), RangeError)
    await store.lockbox.look()
    assert.equal(store.state.value, 'none')
  })

  test('does not open with another passphrase', async ({ assert }) => {
    const indexedDB = new IDBFactory()
    await openDevice({ indexedDB })
    const store = closedDevice({ indexedDB })
    await store.lockbox.look()
    assert.equal(store.state.value, 'locked')
    assert.isFalse(await store.lockbox.unlock('une autre phrase'))
    assert.equal(store.state.value, 'locked')
    await assert.rejects(() => store.writing.write(register), Locked)
    assert.isTrue(await store.lockbox.unlock(PASSPHRASE))
    assert.equal(store.person.value?.name, SOMEBODY.name)
  })

  test('is not made over one that is there', async ({ assert }) => {
    const indexedDB = new IDBFactory()
    await openDevice({ indexedDB })
    const other = closedDevice({ indexedDB })
    await assert.rejects(() => other.lockbox.create('another passphrase', SOMEBODY, CREDENTIAL), RangeError)
    assert.isTrue(await other.lockbox.unlock(PASSPHRASE))
  })

  test('holds nothing on the disk that somebody could read', async ({ assert }) => {
    const indexedDB = new IDBFactory()
    const store = await openDevice({ indexedDB })
    await store.writing.write(register)
    await store.drafts.keep('consultation/new', { notes: 'Toux depuis huit jours' })
    const disk = await dump(indexedDB)
    for (const said of [
      'Fatoumata',
      'Ouédraogo',
      'Ou\u00c3\u00a9draogo',
      '1985',
      'Toux',
      SOMEBODY.name,
      CREDENTIAL.credential,
      PASSPHRASE,
    ])
      assert.isFalse(disk.includes(said), said)
    assert.isTrue(disk.includes('patients.register'))
    assert.deepEqual(await store.drafts.read('consultation/new'), { notes: 'Toux depuis huit jours' })
  })

  test('has a key that 600,000 rounds of PBKDF2 wrap, and that no script takes out', async ({ assert }) => {
    const { crypto } = globalThis
    const wrapped = await newKey(crypto, PASSPHRASE, ITERATIONS)
    assert.equal(wrapped.iterations, 600_000)
    const key = (await openKey(crypto, wrapped, PASSPHRASE))!
    assert.deepInclude(key.algorithm, { name: 'AES-GCM', length: 256 })
    assert.isFalse(key.extractable)
    await assert.rejects(() => crypto.subtle.exportKey('raw', key))
  })

  test('opens nothing that was moved to another place', async ({ assert }) => {
    const indexedDB = new IDBFactory()
    const store = await openDevice({ indexedDB })
    await store.drafts.keep('one', 'of the one')
    const request = indexedDB.open('test')
    const database = await new Promise<IDBDatabase>((resolve) => (request.onsuccess = () => resolve(request.result)))
    const tx = database.transaction('drafts', 'readwrite')
    const read = tx.objectStore('drafts').get('one')
    await new Promise((resolve) => (read.onsuccess = resolve))
    tx.objectStore('drafts').put({ ...read.result, key: 'other' })
    await new Promise((resolve) => (tx.oncomplete = resolve))
    await assert.rejects(() => store.drafts.read('other'))
    assert.equal(await store.drafts.read('one'), 'of the one')
  })

  test('shows nothing once it is locked', async ({ assert }) => {
    const store = await openDevice()
    const { id } = await store.writing.write(register)
    const chart = store.charts.chart(id)
    await store.queue.reload()
    assert.lengthOf(store.charts.patients.value, 1)
    store.lockbox.lock()
    assert.equal(store.state.value, 'locked')
    assert.isNull(store.person.value)
    assert.isEmpty(store.outbox.value)
    assert.isEmpty(store.charts.patients.value)
    assert.isEmpty(store.charts.find('ouedraogo', 10))
    assert.isNull(chart.value)
    await assert.rejects(() => store.drafts.keep('x', 1), Locked)
  })

  test('locks itself after ten minutes without anybody', async ({ assert }) => {
    const clock = new TestClock()
    const store = await openDevice({ clock })
    clock.pass(9 * 60_000)
    store.lockbox.touch()
    clock.pass(9 * 60_000)
    assert.equal(store.state.value, 'open')
    clock.pass(60_000)
    assert.equal(store.state.value, 'locked')
  })

  test('is locked when a laptop wakes up, before anybody can go on', async ({ assert }) => {
    const clock = new TestClock()
    const store = await openDevice({ clock })
    clock.jump(11 * 60_000)
    store.lockbox.touch()
    assert.equal(store.state.value, 'locked')
  })

  test('locks itself though somebody sets the clock back', async ({ assert }) => {
    const clock = new TestClock()
    const store = await openDevice({ clock })
    clock.jump(-24 * 3_600_000)
    clock.pass(10 * 60_000)
    assert.equal(store.state.value, 'locked')
  })

  test('locks in all tabs at once, and stays open where somebody is in one of them', async ({ assert }) => {
    const [indexedDB, clock, tabs] = [new IDBFactory(), new TestClock(), new TestTabs()]
    const one = await openDevice({ indexedDB, clock, channel: tabs.channel() })
    const other = await reopened({ indexedDB, clock, channel: tabs.channel() })
    clock.pass(9 * 60_000)
    other.lockbox.touch()
    clock.pass(2 * 60_000)
    assert.equal(one.state.value, 'open')
    other.lockbox.lock()
    assert.equal(one.state.value, 'locked')
  })

  test('takes another passphrase only from whoever knows the former', async ({ assert }) => {
    const indexedDB = new IDBFactory()
    const store = await openDevice({ indexedDB })
    assert.isFalse(await store.lockbox.changePassphrase('une autre phrase', 'la nouvelle phrase'))
    assert.isTrue(await store.lockbox.changePassphrase(PASSPHRASE, 'la nouvelle phrase'))
    await store.drafts.keep('a', 'still there')
    const later = closedDevice({ indexedDB })
    assert.isFalse(await later.lockbox.unlock(PASSPHRASE))
    assert.isTrue(await later.lockbox.unlock('la nouvelle phrase'))
    assert.equal(await later.drafts.read('a'), 'still there')
  })

  test('is not destroyed while something is unsent, unless that may go too', async ({ assert }) => {
    const indexedDB = new IDBFactory()
    const store = await openDevice({ indexedDB })
    await store.writing.write(register)
    store.lockbox.lock()
    await assert.rejects(() => store.lockbox.destroy(), UnsentWork)
    assert.isTrue(await store.lockbox.unlock(PASSPHRASE))
    assert.lengthOf(store.outbox.value, 1)
    await store.lockbox.destroy({ evenUnsent: true })
    assert.equal(store.state.value, 'none')
    assert.equal(await dump(indexedDB), '')
  })

  test('takes no write of a tab that has not heard yet that it is destroyed', async ({ assert }) => {
    const indexedDB = new IDBFactory()
    const store = await openDevice({ indexedDB })
    const deaf = await reopened({ indexedDB })
    await store.lockbox.destroy()
    await assert.rejects(() => deaf.writing.write(register), Locked)
    assert.equal(await dump(indexedDB), '')
  })
})
