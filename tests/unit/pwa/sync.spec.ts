import { test } from '@japa/runner'
import { IDBFactory } from 'fake-indexeddb'
import type { DeviceStore } from '#pwa/device/open_device_store'
import { Engine } from '#pwa/sync/engine'
import { crashAt, dump, openDevice, reopened, TestClock, TestTabs } from './device.js'
import { problem, SmallServer } from './small_server.js'

const uuid = (n: number) => `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`
const AWA = uuid(1)
const BINTA = uuid(2)
const VISIT = uuid(11)

/** A server with two patients and a consultation, and a device that has loaded them. */
async function loaded({ indexedDB = new IDBFactory(), clock = new TestClock() } = {}) {
  const server = new SmallServer()
  server.patient(AWA)
  server.patient(BINTA, { given_name: 'Binta' })
  server.write('consultation', AWA, {
    id: VISIT,
    patient_id: AWA,
    diagnosis: 'Toux',
    notes: null,
    date: '2026-03-10T08:00:00.000Z',
  })
  const store = await openDevice({ indexedDB, clock })
  const engine = new Engine(store, server)
  await engine.round()
  return { server, store, engine, indexedDB, clock }
}

const correct = (store: DeviceStore, data: Record<string, unknown>) =>
  store.writing.write({ name: 'consultations.correct', id: VISIT, scope: AWA, data })
const visitOf = async (store: DeviceStore) => (await store.record('consultation', VISIT))!
const states = (store: DeviceStore) => store.outbox.value.map(({ state }) => state)

test.group('A first load', () => {
  test('brings every chart, and pulls what changed meanwhile', async ({ assert }) => {
    const { server, store, engine } = await loaded()
    assert.deepEqual(store.charts.patients.value.map(({ id }) => id).sort(), [AWA, BINTA])
    assert.equal((await visitOf(store)).data.diagnosis, 'Toux')
    server.write('consultation', AWA, { id: VISIT, diagnosis: 'Bronchite' })
    assert.equal(await engine.round(), 'agreed')
    assert.equal((await visitOf(store)).data.diagnosis, 'Bronchite')
    assert.equal(engine.state.value.agreedAt, server.time)
    const { cursor } = (await store.position())!
    assert.notEqual(cursor, server.calls.at(-1)!.cursor)
    await engine.round()
    assert.equal(server.calls.at(-1)!.cursor, cursor)
  })

  test('goes on where it was cut, also in another process', async ({ assert }) => {
    const [indexedDB, server] = [new IDBFactory(), new SmallServer()]
    for (let n = 1; n <= 30; n++) server.patient(uuid(n))
    const store = await openDevice({ indexedDB })
    server.cutAfter = 7
    assert.equal(await new Engine(store, server).round(), 'offline')
    assert.lengthOf(store.charts.patients.value, 7)
    const later = await reopened({ indexedDB })
    assert.lengthOf(later.charts.patients.value, 7)
    server.cutAfter = Infinity
    server.write('patient', uuid(3), { id: uuid(3), given_name: 'Corrigée' })
    assert.equal(await new Engine(later, server).round(), 'agreed')
    assert.lengthOf(later.charts.patients.value, 30)
    assert.equal(server.loads.at(-1)!.after, uuid(7))
    assert.equal((await later.record('patient', uuid(3)))!.data.given_name, 'Corrigée')
  })

  test('sends what is written while it goes on', async ({ assert }) => {
    const server = new SmallServer()
    for (let n = 1; n <= 30; n++) server.patient(uuid(n))
    const store = await openDevice()
    const engine = new Engine(store, server)
    const ends = store.charts.patients.subscribe((patients) => {
      if (patients.length !== 5 || store.outbox.peek().length) return
      void store.writing.write({ name: 'patients.correct', id: uuid(1), scope: uuid(1), data: { address: 'Thiès' } })
    })
    await engine.round()
    ends()
    assert.equal(server.calls[0]!.mutations.length, 1)
    assert.isNull(server.calls[0]!.cursor)
    assert.equal((await store.record('patient', uuid(1)))!.data.address, 'Thiès')
  })
})

test.group('What is sent', () => {
  test('while a load goes on is not undone by what the load had read before', async ({ assert }) => {
    const { server, store, engine } = await loaded()
    for (let n = 30; n < 60; n++) server.patient(uuid(n))
    await engine.round()
    server.forgotten = 1000
    const seen: unknown[] = []
    const exchange = server.exchange.bind(server)
    server.exchange = async (request) => {
      seen.push((await store.record('patient', uuid(59)))!.data.address)
      return exchange(request)
    }
    const lines = server.load.bind(server)
    server.load = async function* (query) {
      server.forgotten = 0
      const read = await Array.fromAsync(lines(query))
      for (const [at, line] of read.entries()) {
        if (at === 3)
          await store.writing.write({
            name: 'patients.correct',
            id: uuid(59),
            scope: uuid(59),
            data: { address: 'Thiès' },
          })
        yield line
      }
    }
    assert.equal(await engine.round(), 'agreed')
    assert.deepEqual(seen.slice(-2), ['Thiès', 'Thiès'])
    assert.isAbove(server.records.get(uuid(59))!.version, 1)
    assert.deepInclude((await store.record('patient', uuid(59)))!.data, { address: 'Thiès' })
    assert.isEmpty(store.outbox.value)
  })

  test('and may have arrived is never another the next time', async ({ assert }) => {
    const { server, store, engine } = await loaded()
    await correct(store, { diagnosis: 'Bronchite' })
    await correct(store, { notes: 'Revoir' })
    server.refuses = ({ data }) => (data.notes ? problem(503, 'unavailable') : null)
    assert.equal(await engine.round(), 'later')
    server.refuses = () => null
    assert.equal(await engine.round(), 'agreed')
    const sent = server.calls.flatMap(({ mutations }) => mutations).filter(({ data }) => data.notes)
    assert.lengthOf(sent, 2)
    assert.deepEqual(sent[0], { ...sent[1]!, depends_on: sent[0]!.depends_on })
  })

  test('is sent again as it was when the answer was lost', async ({ assert }) => {
    const { server, store, engine, indexedDB } = await loaded()
    await correct(store, { diagnosis: 'Bronchite' })
    server.faults = ['lost answer']
    assert.equal(await engine.round(), 'offline')
    assert.deepEqual(states(store), ['waiting'])
    await correct(store, { notes: 'Revoir' })
    const later = await reopened({ indexedDB })
    await new Engine(later, server).round()
    assert.isEmpty(later.outbox.value)
    const [first, second] = server.calls.slice(-2).map(({ mutations }) => mutations[0]!)
    assert.deepEqual(first, second)
    const { data, standing } = await visitOf(later)
    assert.deepInclude(data, { diagnosis: 'Bronchite', notes: 'Revoir', version: 3 })
    assert.equal(standing, 'sent')
  })

  test('is known to be done though nothing can be pulled', async ({ assert }) => {
    const { server, store, engine } = await loaded()
    await correct(store, { diagnosis: 'Bronchite' })
    server.failsPulls = true
    assert.equal(await engine.round(), 'later')
    assert.isEmpty(store.outbox.value)
    assert.equal(engine.state.value.problem?.status, 500)
    server.failsPulls = false
    server.write('consultation', AWA, { id: VISIT, notes: 'Revoir' })
    assert.equal(await engine.round(), 'agreed')
    assert.equal((await visitOf(store)).data.notes, 'Revoir')
  })

  test('is known to be done though the chart is theirs no more', async ({ assert }) => {
    const { server, store, engine, indexedDB } = await loaded()
    await correct(store, { notes: 'Repos' })
    server.faults = ['lost answer']
    assert.equal(await engine.round(), 'offline')
    server.granted.delete(AWA)
    assert.equal(await engine.round(), 'agreed')
    assert.deepEqual(states(store), [])
    assert.include(await dump(indexedDB), '"state":"acknowledged"')
    assert.isNull(await store.record('patient', AWA))
  })

  test('waits while there is no network, and shows at once all the same', async ({ assert }) => {
    const { server, store, engine } = await loaded()
    await correct(store, { diagnosis: ' Bronchite ' })
    server.faults = ['lost request']
    assert.equal(await engine.round(), 'offline')
    assert.isFalse(engine.isOnline.value)
    assert.equal(engine.state.value.phase, 'offline')
    const { data, standing } = await visitOf(store)
    assert.deepInclude(data, { diagnosis: 'Bronchite', version: 1 })
    assert.equal(standing, 'waiting')
    assert.equal(store.waitingCount.value, 1)
  })

  test('goes in the order of writing, what depends on it after what it depends on', async ({ assert }) => {
    const { server, store, engine } = await loaded()
    const { id: patient } = await store.writing.write({
      name: 'patients.register',
      scope: '',
      data: { family_name: 'Ba' },
    })
    const visit = await store.writing.write({
      name: 'consultations.record',
      scope: patient,
      data: { reason: 'Fièvre' },
    })
    await store.writing.write({
      name: 'prescriptions.prescribe',
      scope: patient,
      data: { consultation: visit.id, medicine: 'x' },
    })
    await engine.round()
    const sent = server.calls.flatMap(({ mutations }) => mutations)
    assert.deepEqual(
      sent.map(({ name }) => name),
      ['patients.register', 'consultations.record', 'prescriptions.prescribe']
    )
    assert.deepEqual(sent[1]!.depends_on, [sent[0]!.mutation_id])
    assert.deepEqual(sent[2]!.depends_on, [sent[0]!.mutation_id, sent[1]!.mutation_id])
    assert.isEmpty(store.outbox.value)
    assert.equal(store.charts.find('ba', 5)[0]!.standing, 'sent')
  })

  test('waits for the correction of what it depends on, and then goes by itself', async ({ assert }) => {
    const { server, store, engine } = await loaded()
    server.refuses = ({ data }) => (data.family_name === '' ? problem(422, 'invalid') : null)
    const made = await store.writing.write({ name: 'patients.register', scope: '', data: { family_name: '' } })
    await store.writing.write({ name: 'consultations.record', scope: made.id, data: { reason: 'Fièvre' } })
    await engine.round()
    assert.deepEqual(states(store), ['refused', 'deferred'])
    assert.equal(store.outbox.value[0]!.problem!.code, 'invalid')
    await store.writing.correctRefused(made.mutationId, { family_name: 'Ba' })
    assert.equal(await engine.round(), 'agreed')
    assert.isEmpty(store.outbox.value)
    assert.deepEqual(
      [...server.records.values()].slice(-2).map(({ entity }) => entity),
      ['patient', 'consultation']
    )
  })

  test('is about the version that the former correction made', async ({ assert }) => {
    const { server, store, engine } = await loaded()
    await correct(store, { diagnosis: 'Bronchite' })
    await correct(store, { diagnosis: 'Pneumonie' })
    await store.writing.write({ name: 'consultations.cancel', id: VISIT, scope: AWA, data: { reason: 'Erreur' } })
    assert.equal(await engine.round(), 'agreed')
    const sent = server.calls.flatMap(({ mutations }) => mutations)
    assert.deepEqual(
      sent.map(({ base_version }) => base_version),
      [1, 2, 3]
    )
    assert.deepEqual(sent[1]!.base, { diagnosis: 'Bronchite', diagnosis_code: null, diagnosis_code_system: null })
    assert.isEmpty(store.outbox.value)
  })

  test('tries later what the server could not try now', async ({ assert }) => {
    const { server, store, engine } = await loaded()
    server.refuses = () => problem(503, 'unavailable')
    await correct(store, { diagnosis: 'Bronchite' })
    assert.equal(await engine.round(), 'later')
    assert.deepEqual(states(store), ['waiting'])
    server.refuses = () => null
    assert.equal(await engine.round(), 'agreed')
  })

  test('keeps to what a call may hold', async ({ assert }) => {
    const { server, store, engine } = await loaded()
    const notes = 'n'.repeat(500_000)
    for (let n = 0; n < 5; n++)
      await store.writing.write({ name: 'records.add', scope: AWA, data: { description: notes } })
    await engine.round()
    assert.deepEqual(
      server.calls.slice(1).map(({ mutations }) => mutations.length),
      [4, 1]
    )
  })

  test('finds by halves the one that the server cannot bear', async ({ assert }) => {
    const { server, store, engine } = await loaded()
    const real = server.exchange.bind(server)
    server.exchange = async (request) =>
      request.mutations.some(({ data }) => data.description === 'bad') ? problem(413, 'too_large') : real(request)
    for (const description of ['a', 'bad', 'c', 'd'])
      await store.writing.write({ name: 'records.add', scope: AWA, data: { description } })
    assert.equal(await engine.round(), 'agreed')
    assert.deepEqual(
      store.outbox.value.map(({ data, state }) => [data.description, state]),
      [['bad', 'refused']]
    )
  })

  test('is not held up by one whose text the server cannot read', async ({ assert }) => {
    const { server, store, engine } = await loaded()
    const real = server.exchange.bind(server)
    server.exchange = async (request) =>
      JSON.stringify(request).includes('\ufffd') ? problem(400, 'malformed_body') : real(request)
    for (const description of ['a', '\ufffd', 'c'])
      await store.writing.write({ name: 'records.add', scope: AWA, data: { description } })
    assert.equal(await engine.round(), 'agreed')
    assert.deepEqual(
      store.outbox.value.map(({ data, state }) => [data.description, state]),
      [['\ufffd', 'refused']]
    )
  })

  test('is not refused for a position that the server does not understand', async ({ assert }) => {
    const { server, store, engine } = await loaded()
    await correct(store, { notes: 'Repos' })
    const loads = server.loads.length
    server.faults = [problem(422, 'invalid')]
    assert.equal(await engine.round(), 'agreed')
    assert.isAbove(server.loads.length, loads)
    assert.deepEqual(states(store), [])
    assert.equal(server.records.get(VISIT)!.data.notes, 'Repos')
  })
})

test.group('A conflict', () => {
  async function inConflict() {
    const all = await loaded()
    await correct(all.store, { diagnosis: 'Bronchite' })
    all.server.write('consultation', AWA, { id: VISIT, diagnosis: 'Asthme' })
    await all.engine.round()
    return all
  }

  test('shows what is mine until somebody chooses, with theirs beside it', async ({ assert }) => {
    const { store } = await inConflict()
    const [item] = store.outbox.value
    assert.equal(item!.state, 'conflict')
    assert.deepInclude(item!.theirs!.data, { diagnosis: 'Asthme' })
    assert.deepInclude(item!.base!, { diagnosis: 'Toux' })
    assert.deepInclude((await visitOf(store)).data, { diagnosis: 'Bronchite' })
    assert.equal((await visitOf(store)).standing, 'conflict')
  })

  test('is settled by another write, and loses neither side', async ({ assert }) => {
    const { server, store, engine } = await inConflict()
    const { mutationId } = store.outbox.value[0]!
    await store.writing.settle(mutationId, { diagnosis: 'Asthme et bronchite' })
    assert.equal(await engine.round(), 'agreed')
    assert.isEmpty(store.outbox.value)
    const row = server.records.get(VISIT)!
    assert.equal(row.data.diagnosis, 'Asthme et bronchite')
    assert.deepEqual(
      row.history.map(({ diagnosis }) => diagnosis),
      ['Toux', 'Asthme', 'Bronchite']
    )
    const losers = await store.writing.formerVersions(VISIT)
    assert.deepEqual(losers.map(({ by, data }) => [by, data.diagnosis]).sort(), [
      ['mine', 'Bronchite'],
      ['theirs', 'Asthme'],
    ])
    const sent = server.calls.at(-1)!.mutations[0]!
    assert.notEqual(sent.mutation_id, mutationId)
  })

  test('can be settled though the losing side is one that the server never takes', async ({ assert }) => {
    const { server, store, engine } = await inConflict()
    const [item] = store.outbox.value
    const refusal = problem(422, 'invalid', { errors: [{ pointer: '/lost/0/diagnosis', code: 'never' }] })
    server.refuses = ({ lost }) => (lost?.length ? refusal : null)
    await store.writing.settle(item!.mutationId, { diagnosis: 'Asthme et bronchite' })
    await engine.round()
    const [refused] = store.outbox.value
    assert.equal(refused!.state, 'refused')
    await store.writing.correctRefused(refused!.mutationId, refused!.data)
    assert.equal(await engine.round(), 'agreed')
    assert.equal(server.records.get(VISIT)!.data.diagnosis, 'Asthme et bronchite')
    const kept = (await store.writing.formerVersions(VISIT)).map(({ data }) => data.diagnosis)
    assert.includeMembers(kept, ['Asthme', 'Bronchite'])
  })

  test('comes again where somebody was quicker', async ({ assert }) => {
    const { server, store, engine } = await inConflict()
    await store.writing.settle(store.outbox.value[0]!.mutationId, { diagnosis: 'Les deux' })
    server.write('consultation', AWA, { id: VISIT, diagnosis: 'Allergie' })
    await engine.round()
    assert.deepEqual(states(store), ['conflict'])
    await store.writing.settle(store.outbox.value[0]!.mutationId, { diagnosis: 'Les trois' })
    assert.equal(await engine.round(), 'agreed')
    assert.deepEqual(
      server.records
        .get(VISIT)!
        .history.map(({ diagnosis }) => diagnosis)
        .slice(-3),
      ['Allergie', 'Bronchite', 'Les deux']
    )
  })

  test('does not arise where both left the other’s fields apart', async ({ assert }) => {
    const { server, store, engine } = await loaded()
    await correct(store, { notes: 'Revoir' })
    server.write('consultation', AWA, { id: VISIT, diagnosis: 'Asthme' })
    assert.equal(await engine.round(), 'agreed')
    assert.deepInclude(server.records.get(VISIT)!.data, { notes: 'Revoir', diagnosis: 'Asthme' })
  })

  test('stops what was written on top of it, and nothing else', async ({ assert }) => {
    const { server, store, engine } = await inConflict()
    await correct(store, { diagnosis: 'Bronchite aiguë' })
    await correct(store, { notes: 'Revoir' })
    await engine.round()
    assert.deepEqual(states(store), ['conflict', 'deferred'])
    assert.equal(server.records.get(VISIT)!.data.notes, 'Revoir')
  })
})

test.group('Charts that come and go', () => {
  test('a chart that is newly theirs is loaded whole', async ({ assert }) => {
    const { server, store, engine } = await loaded()
    const [other, visit] = [uuid(3), uuid(13)]
    server.records.set(visit, {
      entity: 'consultation',
      scope: other,
      version: 4,
      data: { id: visit, version: 4 },
      history: [],
    })
    server.patient(other)
    assert.equal(await engine.round(), 'agreed')
    assert.isNotNull(await store.record('consultation', visit))
    assert.deepEqual(server.loads.at(-1)!.patients, [other])
    const position = await store.position()
    assert.isEmpty(position!.wanted)
  })

  test('a chart that is theirs no more goes once what was written about it is sent', async ({ assert }) => {
    const { server, store, engine } = await loaded()
    server.refuses = () => problem(422, 'invalid')
    const { mutationId } = await correct(store, { diagnosis: 'Bronchite' })
    server.granted.delete(AWA)
    server.granted.delete(BINTA)
    await engine.round()
    assert.isNull(await store.record('patient', BINTA))
    assert.equal((await visitOf(store)).standing, 'refused')
    assert.deepEqual((await store.position())!.purging, [AWA])
    await store.writing.setAside(mutationId)
    assert.isNull(await store.record('consultation', VISIT))
    assert.isEmpty(store.charts.patients.value)
    assert.deepEqual(states(store), ['set_aside'])
    assert.equal(store.waitingCount.value, 0)
    const file = JSON.parse(await store.exportUnsent([mutationId]).text())
    assert.equal(file.entries[0].data.diagnosis, 'Bronchite')
  })

  test('a chart that comes back before it went stays', async ({ assert }) => {
    const { server, store, engine } = await loaded()
    server.refuses = () => problem(422, 'invalid')
    const { mutationId } = await correct(store, { diagnosis: 'Bronchite' })
    server.granted.delete(AWA)
    await engine.round()
    server.granted.add(AWA)
    await engine.round()
    await store.writing.setAside(mutationId)
    assert.equal((await visitOf(store)).data.diagnosis, 'Toux')
  })

  test('a record that is gone goes', async ({ assert }) => {
    const { server, store, engine } = await loaded()
    server.remove(VISIT)
    await engine.round()
    assert.isNull(await store.record('consultation', VISIT))
  })
})

test.group('A position that is of no use any more', () => {
  test('after a backup was restored, what was acknowledged since is sent again', async ({ assert }) => {
    const { server, store, engine } = await loaded()
    server.time = '2026-03-10T08:00:00.000Z'
    await correct(store, { notes: 'Avant la sauvegarde' })
    await engine.round()
    const copy = server.copy()
    server.time = '2026-03-10T12:00:00.000Z'
    await correct(store, { diagnosis: 'Bronchite' })
    const { id } = await store.writing.write({ name: 'records.add', scope: BINTA, data: { description: 'Asthme' } })
    server.write('patient', AWA, { id: AWA, given_name: 'Perdue' })
    await engine.round()
    await correct(store, { reason: 'Jamais envoyé' })
    server.restore(copy, { epoch: uuid(99), restoredTo: '2026-03-10T10:00:00.000Z' })
    assert.equal(await engine.round(), 'agreed')
    assert.deepInclude(server.records.get(VISIT)!.data, { diagnosis: 'Bronchite', reason: 'Jamais envoyé' })
    assert.equal(server.records.get(id)!.data.description, 'Asthme')
    const names = server.calls.at(-1)!.mutations.concat(server.calls.flatMap(({ mutations }) => mutations))
    assert.lengthOf(
      names.filter(({ data }) => data.notes === 'Avant la sauvegarde'),
      1
    )
    // What the server has no more, the device has no more, though its version was higher.
    assert.equal((await store.record('patient', AWA))!.data.given_name, 'Awa')
    assert.isEmpty(store.outbox.value)
  })

  test('is not given up for an answer that names no epoch', async ({ assert }) => {
    const { server, store, engine } = await loaded()
    await correct(store, { notes: 'Repos' })
    server.faults = [problem(409, 'epoch_changed')]
    assert.equal(await engine.round(), 'later')
    assert.equal((await store.position())!.epoch, server.epoch)
    assert.equal(await engine.round(), 'agreed')
    assert.equal(server.records.get(VISIT)!.data.notes, 'Repos')
  })

  test('when its cursor has expired, what waits is sent first, then all is loaded', async ({ assert }) => {
    const { server, store, engine } = await loaded()
    await correct(store, { notes: 'Revoir' })
    server.remove(VISIT)
    server.write('consultation', AWA, { id: VISIT, diagnosis: 'Toux' })
    server.remove(BINTA)
    server.granted.delete(BINTA)
    server.forgotten = 100
    const loads = server.loads.length
    const unforget = server.load.bind(server)
    server.load = (query) => {
      server.forgotten = 0
      return unforget(query)
    }
    assert.equal(await engine.round(), 'agreed')
    assert.isAbove(server.loads.length, loads)
    assert.lengthOf(server.calls.at(-2)!.mutations, 1)
    assert.isNull(await store.record('patient', BINTA))
    assert.isEmpty(store.outbox.value)
  })
})

test.group('A device that is kept out', () => {
  test('goes on working and asks for a sign-in, then sends', async ({ assert }) => {
    const { server, store, engine } = await loaded()
    await correct(store, { notes: 'Revoir' })
    server.faults = [problem(401, 'device_sign_in_needed')]
    assert.equal(await engine.round(), 'needs')
    assert.deepEqual([...engine.needs.value], ['sign_in'])
    await correct(store, { diagnosis: 'Bronchite' })
    assert.equal(await engine.round(), 'needs')
    engine.needNot('sign_in')
    assert.equal(await engine.round(), 'agreed')
    assert.isEmpty(store.outbox.value)
  })

  test('that is revoked can still export what it has', async ({ assert }) => {
    const { server, store, engine } = await loaded()
    await correct(store, { notes: 'Revoir' })
    server.faults = [problem(401, 'device_revoked')]
    await engine.round()
    assert.deepEqual([...engine.needs.value], ['revoked'])
    const file = JSON.parse(await store.exportUnsent().text())
    assert.deepInclude(file.entries[0].patient, { family_name: 'Diallo', given_name: 'Awa' })
    assert.equal(file.entries[0].action.fr, 'Consultation corrigée')
  })

  test('forgets after 45 days what was acknowledged', async ({ assert }) => {
    const { server, store, indexedDB } = await loaded()
    await correct(store, { notes: 'Revoir' })
    await new Engine(store, server).round()
    server.time = '2026-04-30T09:00:00.000Z'
    await new Engine(store, server).round()
    const copy = server.copy()
    server.restore(copy, { epoch: uuid(98), restoredTo: '2026-01-01T00:00:00.000Z' })
    const later = await reopened({ indexedDB })
    const calls = server.calls.length
    await new Engine(later, server).round()
    assert.isEmpty(server.calls.slice(calls).flatMap(({ mutations }) => mutations))
  })
})

test.group('A crash between any two steps', () => {
  test('loses no write and does none twice', async ({ assert }) => {
    let crashes = 0
    for (let nth = 1; ; nth++) {
      const { server, store, engine, indexedDB } = await loaded()
      const crash = crashAt(nth)
      const written: string[] = []
      try {
        const { id } = await store.writing.write({ name: 'records.add', scope: AWA, data: { description: 'Asthme' } })
        written.push(id)
        await correct(store, { notes: 'Revoir' })
        written.push(VISIT)
        await engine.round()
        server.patient(uuid(3))
        await correct(store, { diagnosis: 'Bronchite' })
        await engine.round()
      } catch {
        crashes++
      }
      const isOver = crash.isOver()
      crash.end()
      const later = await reopened({ indexedDB })
      assert.equal(await new Engine(later, server).round(), 'agreed')
      assert.isEmpty(later.outbox.value)
      assert.lengthOf(
        [...server.records.values()].filter(({ entity }) => entity === 'medical_record'),
        written.length ? 1 : 0
      )
      if (written.includes(VISIT)) assert.equal(server.records.get(VISIT)!.data.notes, 'Revoir')
      for (const [id, { entity, version, data }] of server.records)
        assert.deepInclude((await later.record(entity, id))?.data ?? {}, { ...data, version })
      if (!isOver) break
    }
    assert.isAbove(crashes, 8)
  })
})

test.group('Two tabs', () => {
  test('see each other’s writes, and one sends what the other wrote', async ({ assert }) => {
    const [indexedDB, tabs, clock, server] = [new IDBFactory(), new TestTabs(), new TestClock(), new SmallServer()]
    server.patient(AWA)
    const one = await openDevice({ indexedDB, clock, channel: tabs.channel() })
    const engine = new Engine(one, server)
    await engine.round()
    const other = await reopened({ indexedDB, clock, channel: tabs.channel() })
    await Promise.all([
      one.writing.write({ name: 'records.add', scope: AWA, data: { description: 'Un' } }),
      other.writing.write({ name: 'records.add', scope: AWA, data: { description: 'Deux' } }),
    ])
    await one.settled()
    await other.settled()
    assert.deepEqual(
      one.outbox.value.map(({ clientSeq }) => clientSeq),
      [1, 2]
    )
    assert.deepEqual(one.outbox.value, other.outbox.value)
    await engine.round()
    await other.settled()
    assert.isEmpty(other.outbox.value)
  })
})
