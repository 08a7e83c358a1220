import { test } from '@japa/runner'
import { effect } from '@preact/signals'
import { Engine } from '#pwa/sync/engine'
import { openDevice, TestClock } from './device.js'
import { SmallServer } from './small_server.js'

const uuid = (n: number) => `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`
const AWA = uuid(1)
const BINTA = uuid(2)

async function loaded(clock = new TestClock()) {
  const server = new SmallServer()
  server.patient(AWA)
  server.patient(BINTA, { family_name: 'Ba', given_name: 'Binta' })
  server.write('consultation', AWA, { id: uuid(11), date: '2026-03-10T10:00:00.000Z' })
  server.write('consultation', BINTA, { id: uuid(12), date: '2026-03-10T08:00:00.000Z' })
  server.write('consultation', BINTA, { id: uuid(13), date: '2026-03-09T08:00:00.000Z' })
  const store = await openDevice({ clock })
  const engine = new Engine(store, server)
  await engine.round()
  return { server, store, engine }
}

test.group('What the device shows', () => {
  test('a chart that it does not hold is none', async ({ assert }) => {
    const { store } = await loaded()
    const chart = store.charts.chart(uuid(9))
    await store.settled()
    assert.isNull(chart.value)
    assert.isNull(await store.record('patient', uuid(9)))
  })

  test('an open chart follows what is written here and what comes', async ({ assert }) => {
    const { server, store, engine } = await loaded()
    const chart = store.charts.chart(AWA)
    const seen: (string[] | null)[] = []
    const end = effect(() => void seen.push(chart.value?.records.map(({ data }) => String(data.description)) ?? null))
    await store.settled()
    await store.writing.write({ name: 'records.add', scope: AWA, data: { description: 'Asthme' } })
    server.write('medical_record', AWA, {
      id: uuid(20),
      description: 'Allergie',
      timeline_at: '2030-01-01T00:00:00.000Z',
    })
    await engine.round()
    end()
    assert.deepEqual(seen[0], null)
    assert.deepInclude(seen, ['Asthme'])
    assert.deepEqual(seen.at(-1), ['Allergie', 'Asthme'])
    assert.strictEqual(store.charts.chart(AWA), chart)
  })

  test('patients are in the order of their names, and stand as what is written about them', async ({ assert }) => {
    const { store } = await loaded()
    const shown = () => store.charts.patients.value.map(({ familyName, standing }) => [familyName, standing])
    assert.deepEqual(shown(), [
      ['Ba', 'sent'],
      ['Diallo', 'sent'],
    ])
    await store.writing.write({ name: 'patients.correct', id: AWA, scope: AWA, data: { family_name: 'Aw' } })
    assert.deepEqual(shown(), [
      ['Aw', 'waiting'],
      ['Ba', 'sent'],
    ])
    assert.isEmpty(store.charts.find('diallo', 5))
  })

  test('today is this day’s consultations by the hour, of the server and of this device', async ({ assert }) => {
    const { store } = await loaded()
    const data = { date: '2026-03-10T09:00:00.000Z', reason: 'Toux' }
    const { id } = await store.writing.write({ name: 'consultations.record', scope: AWA, data })
    const shown = store.charts.today.value.map(({ consultation }) => consultation.id)
    assert.deepEqual(shown, [uuid(12), id, uuid(11)])
    assert.equal(store.charts.today.value[0]!.patient.familyName, 'Ba')
  })

  test('is all there again when it is unlocked', async ({ assert }) => {
    const { store } = await loaded()
    const { id } = await store.writing.write({ name: 'patients.register', scope: '', data: { family_name: 'Fall' } })
    const visit = { name: 'consultations.record', scope: id, data: { date: '2026-03-10T11:00:00.000Z' } } as const
    await store.writing.write(visit)
    const before = [store.charts.patients.value, store.charts.today.value, store.outbox.value]
    store.lockbox.lock()
    assert.isEmpty(store.charts.today.value)
    await store.lockbox.unlock('une phrase de passe')
    assert.deepEqual([store.charts.patients.value, store.charts.today.value, store.outbox.value], before)
    assert.lengthOf(store.charts.patients.value, 3)
    assert.lengthOf(store.charts.today.value, 3)
  })
})
