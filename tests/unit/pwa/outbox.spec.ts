import { test } from '@japa/runner'
import { nextToSend, isDeferred } from '#pwa/device/order'
import type { OutboxItem } from '#pwa/device/types'
import { Engine } from '#pwa/sync/engine'
import { diskWithRoomFor, openDevice } from './device.js'
import { SmallServer } from './small_server.js'

const uuid = (n: number) => `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`
const AWA = uuid(1)
const VISIT = uuid(101)

async function deviceWith(patients: number) {
  const server = new SmallServer()
  for (let n = 1; n <= patients; n++) server.patient(uuid(n))
  server.write('consultation', AWA, { id: VISIT, patient_id: AWA, diagnosis: 'Toux' })
  const store = await openDevice()
  const engine = new Engine(store, server)
  await engine.round()
  return { server, store, engine }
}

test.group('A write on the device', () => {
  test('refuses a correction of what the device does not hold', async ({ assert }) => {
    const { store } = await deviceWith(1)
    const order = { name: 'consultations.correct', id: uuid(7), scope: AWA, data: { notes: 'x' } } as const
    await assert.rejects(() => store.writing.write(order), RangeError)
    assert.isEmpty(store.outbox.value)
  })

  test('takes its draft away in the same moment', async ({ assert }) => {
    const { store } = await deviceWith(1)
    await store.drafts.keep('new', { reason: 'Toux' })
    await store.writing.write({ name: 'consultations.record', scope: AWA, data: { reason: 'Toux' }, draft: 'new' })
    assert.isNull(await store.drafts.read('new'))
    assert.lengthOf(store.outbox.value, 1)
  })

  test('says what stood in all fields that mean something only together', async ({ assert }) => {
    const { store } = await deviceWith(1)
    await store.writing.write({ name: 'consultations.correct', id: VISIT, scope: AWA, data: { diagnosis_code: 'R05' } })
    const [{ base, baseVersion }] = store.outbox.value as [OutboxItem]
    assert.deepEqual(base, { diagnosis: 'Toux', diagnosis_code: null, diagnosis_code_system: null })
    assert.equal(baseVersion, 1)
  })

  test('adds what the use-case asks for: whose it is, and in which consultation', async ({ assert }) => {
    const { server, store, engine } = await deviceWith(1)
    const made = {
      name: 'prescriptions.prescribe',
      scope: AWA,
      data: { consultation: VISIT, medicine: 'Amoxicilline' },
    } as const
    const { id } = await store.writing.write(made)
    assert.equal((await store.record('prescription', id))!.data.consultation_id, VISIT)
    await store.writing.write({ name: 'prescriptions.stop', id, scope: AWA, data: {} })
    await store.writing.write({
      name: 'prescriptions.add_addendum',
      scope: AWA,
      data: { record_id: id, text: 'Bien toléré' },
    })
    await store.writing.write({ name: 'records.add', scope: AWA, data: { description: 'Asthme' } })
    await engine.round()
    const sent = server.calls.flatMap(({ mutations }) => mutations)
    const told = new Map(sent.map(({ name, data }) => [name, data]))
    assert.equal(told.get('prescriptions.stop')!.consultation, VISIT)
    assert.equal(told.get('prescriptions.add_addendum')!.consultation, VISIT)
    assert.equal(told.get('records.add')!.patient_id, AWA)
    assert.equal(sent.find(({ name }) => name === 'prescriptions.stop')!.base_version, 1)
  })

  test('shows a record that is only here as the server will', async ({ assert }) => {
    const { store } = await deviceWith(1)
    const { id } = await store.writing.write({ name: 'consultations.record', scope: AWA, data: { reason: 'Toux' } })
    await store.writing.write({ name: 'consultations.cancel', id, scope: AWA, data: { reason: 'Erreur' } })
    const { data, standing } = (await store.record('consultation', id))!
    assert.deepInclude(data, { reason: 'Toux', status: 'cancelled', cancel_reason: 'Erreur', patient_id: AWA })
    assert.equal(standing, 'waiting')
  })
})

test.group('A full disk', (group) => {
  let disk: ReturnType<typeof diskWithRoomFor> | null = null
  group.each.teardown(() => disk?.end())

  test('stops downloads and says so; writes go on', async ({ assert }) => {
    const server = new SmallServer()
    for (let n = 1; n <= 40; n++) server.patient(uuid(n))
    const store = await openDevice()
    const engine = new Engine(store, server)
    disk = diskWithRoomFor(25)
    await engine.round()
    assert.deepEqual([...engine.needs.value], ['room'])
    assert.lengthOf(store.charts.patients.value, 25)
    const loads = server.loads.length
    for (let n = 0; n < 3; n++)
      await store.writing.write({ name: 'records.add', scope: AWA, data: { description: `Note ${n}` } })
    assert.lengthOf(store.outbox.value, 3)
    disk.extend(3)
    await engine.round()
    assert.isEmpty(store.outbox.value)
    assert.equal(server.loads.length, loads)
    disk.extend(1000)
    engine.needNot('room')
    assert.equal(await engine.round(), 'agreed')
    assert.lengthOf(store.charts.patients.value, 40)
  })

  test('makes room by charts that can be loaded again, those first that nobody opened; a write is never dropped', async ({
    assert,
  }) => {
    const { store, server, engine } = await deviceWith(30)
    store.charts.chart(uuid(2))
    await store.settled()
    await store.writing.write({ name: 'records.add', scope: AWA, data: { description: 'Un' } })
    disk = diskWithRoomFor(0)
    await store.writing.write({ name: 'records.add', scope: AWA, data: { description: 'Deux' } })
    assert.lengthOf(store.outbox.value, 2)
    const left = store.charts.patients.value.map(({ id }) => id)
    assert.isBelow(left.length, 30)
    assert.includeMembers(left, [AWA, uuid(2)])
    for (let n = 0; n < 30; n++) {
      const order = { name: 'records.add', scope: AWA, data: { description: `Note ${n}` } } as const
      await store.writing.write(order).catch((error: Error) => assert.equal(error.name, 'QuotaExceededError'))
    }
    assert.isAbove(store.outbox.value.length, 20)
    assert.includeMembers(
      store.charts.patients.value.map(({ id }) => id),
      [AWA]
    )
    disk.extend(1000)
    engine.needNot('room')
    await engine.round()
    assert.lengthOf(store.charts.patients.value, 30)
    assert.isEmpty(store.outbox.value)
    assert.isAbove([...server.records.values()].filter(({ entity }) => entity === 'medical_record').length, 21)
  })

  test('keeps what somebody is writing all the same', async ({ assert }) => {
    const { store } = await deviceWith(3)
    disk = diskWithRoomFor(0)
    await store.drafts.keep(`consultation:new:${AWA}`, { notes: 'Fièvre depuis deux jours' })
    assert.deepEqual(await store.drafts.read(`consultation:new:${AWA}`), { notes: 'Fièvre depuis deux jours' })
  })

  test('takes an acknowledgement all the same', async ({ assert }) => {
    const { store, server, engine } = await deviceWith(3)
    await store.writing.write({ name: 'consultations.correct', id: VISIT, scope: AWA, data: { notes: 'Revoir' } })
    for (let n = 0; n < 9; n++) server.write('consultation', uuid(2), { id: uuid(200 + n), patient_id: uuid(2) })
    disk = diskWithRoomFor(5)
    await engine.round()
    assert.isEmpty(store.outbox.value)
    assert.deepEqual([...engine.needs.value], ['room'])
    assert.equal((await store.record('consultation', VISIT))!.data.notes, 'Revoir')
    disk.extend(1000)
    engine.needNot('room')
    await engine.round()
    assert.isNotNull(await store.record('consultation', uuid(208)))
  })
})

test.group('What is sent next', () => {
  const item = (n: number, more: Partial<OutboxItem> = {}): OutboxItem => ({
    ...{ mutationId: uuid(n), clientSeq: n, name: 'records.add', entity: 'medical_record', recordId: uuid(500 + n) },
    ...{ scope: AWA, data: {}, base: null, baseVersion: null, dependsOn: [], writtenAt: '', state: 'waiting' },
    ...more,
  })
  const ids = (items: OutboxItem[]) => items.map(({ clientSeq }) => clientSeq)

  test('is no more than a call may hold', ({ assert }) => {
    const queue = Array.from({ length: 250 }, (_, n) => item(n + 1))
    assert.lengthOf(nextToSend(queue), 200)
  })

  test('leaves out what depends on something that is not on its way', ({ assert }) => {
    const queue = [
      item(1, { state: 'refused' }),
      item(2, { dependsOn: [uuid(1)] }),
      item(3, { dependsOn: [uuid(2)] }),
      item(4),
    ]
    assert.deepEqual(ids(nextToSend(queue)), [4])
    assert.isTrue(isDeferred(queue[2]!, queue))
    assert.isFalse(isDeferred(queue[3]!, queue))
  })

  test('takes what depends on something older than the queue', ({ assert }) => {
    assert.deepEqual(ids(nextToSend([item(1, { dependsOn: [uuid(99)] })])), [1])
  })
})

test.group('What was sent lately', () => {
  test('is told with its time, the latest first, as many as are asked for, and nothing older', async ({ assert }) => {
    const { store, engine } = await deviceWith(1)
    assert.isEmpty(await store.queue.sentSince('2020-01-01T00:00:00Z', 20))
    for (const reason of ['un', 'deux', 'trois'])
      await store.writing.write({ name: 'consultations.record', scope: AWA, data: { reason } })
    assert.isEmpty(await store.queue.sentSince('2020-01-01T00:00:00Z', 20))
    await engine.round()
    const sent = await store.queue.sentSince('2020-01-01T00:00:00Z', 2)
    assert.deepEqual(
      sent.map(({ data }) => data.reason),
      ['trois', 'deux']
    )
    assert.isTrue(sent.every(({ state, acknowledgedAt }) => state === 'acknowledged' && acknowledgedAt))
    const later = new Date(Date.parse(sent[0]!.acknowledgedAt!) + 1).toISOString()
    assert.isEmpty(await store.queue.sentSince(later, 20))
  })
})
