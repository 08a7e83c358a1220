import { test } from '@japa/runner'
import type { KeptDraft } from '#pwa/device/draft_box'
import type { OutboxItem } from '#pwa/device/types'
import { begunOf, settledAmong } from '#pwa/screens/outbox/begun'
import { begunFile } from '#pwa/screens/outbox/begun_file'
import { Engine } from '#pwa/sync/engine'
import { diskWithRoomFor, openDevice, SOMEBODY } from './device.js'
import { SmallServer } from './small_server.js'

const uuid = (n: number) => `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`
const AWA = uuid(1)
const VISIT = uuid(11)
const AT = '2026-03-10T08:00:00.000Z'
const NEW = `consultation:new:${AWA}`
const PATIENT = { id: AWA, mrn: 'A-1', familyName: 'Sow', givenName: 'Awa', sex: 'female', dob: '1990-01-01' } as const
const draftOf = (value: unknown) => ({ at: AT, value, patient: PATIENT })

async function loaded() {
  const server = new SmallServer()
  server.patient(AWA)
  const store = await openDevice()
  const engine = new Engine(store, server)
  await engine.round()
  return { server, store, engine }
}

const idsOf = (store: Awaited<ReturnType<typeof openDevice>>) =>
  new Set(store.charts.patients.value.map(({ id }) => id))

test.group('A draft', () => {
  test('whose patient is purged stays, and is listed from then on', async ({ assert }) => {
    const { server, store, engine } = await loaded()
    await store.drafts.keep(NEW, draftOf({ notes: 'Fièvre' }))
    assert.isEmpty(begunOf(await store.drafts.all(), idsOf(store)))
    server.granted.delete(AWA)
    await engine.round()
    assert.isNull(await store.record('patient', AWA))
    const [begun, ...others] = begunOf(await store.drafts.all(), idsOf(store))
    assert.isEmpty(others)
    assert.containSubset(begun, { key: NEW, kind: 'consultation', value: { notes: 'Fièvre' }, patient: PATIENT })
    await store.drafts.drop(NEW)
    assert.isEmpty(await store.drafts.all())
  })

  test('that finds no room says so and keeps what was there; with room again it is kept', async ({ assert }) => {
    // No chart is here that could be forgotten for it.
    const store = await openDevice()
    await store.drafts.keep(NEW, draftOf({ notes: 'Fièvre' }))
    const disk = diskWithRoomFor(0)
    try {
      await assert.rejects(() => store.drafts.keep(NEW, draftOf({ notes: 'Fièvre et toux' })), /full/)
      assert.deepEqual(await store.drafts.read(NEW), draftOf({ notes: 'Fièvre' }))
      disk.extend(1)
      await store.drafts.keep(NEW, draftOf({ notes: 'Fièvre et toux' }))
      assert.deepEqual(await store.drafts.read(NEW), draftOf({ notes: 'Fièvre et toux' }))
    } finally {
      disk.end()
    }
  })
})

test.group('Writing that was begun for a patient who is not here', () => {
  const kept = (key: string): KeptDraft => ({ key, value: draftOf({}) })
  const hrefOf = (key: string) => begunOf([kept(key)], new Set()).map(({ href }) => href)[0]

  test('goes on where it was begun; the correction of a record that has gone can only be exported', ({ assert }) => {
    assert.equal(hrefOf(NEW), `/app/patients/${AWA}/consultations/new`)
    assert.equal(hrefOf(`labs:new:${AWA}`), `/app/patients/${AWA}/labs/new`)
    assert.equal(hrefOf(`record:new:${AWA}:allergy`), `/app/patients/${AWA}/records/new?type=allergy`)
    const prescription = `/app/patients/${AWA}/consultations/${VISIT}/prescriptions/new`
    assert.equal(hrefOf(`prescription:new:${VISIT}`), prescription)
    assert.isNull(hrefOf(`consultation:${VISIT}`))
  })

  test('is told from what else is kept: a registration, whoever was found, choices of a conflict', ({ assert }) => {
    const others = [
      { key: 'patients.register', value: { at: AT, value: {} } },
      { key: 'patients:found', value: [{ at: 1, who: PATIENT }] },
      kept('conflict:m:1'),
      { key: 'labs:new:x', value: null },
    ]
    assert.isEmpty(begunOf(others, new Set()))
  })

  test('is exported with whose it is and when it was written, in both languages', async ({ assert }) => {
    const begun = begunOf([{ key: NEW, value: draftOf({ notes: 'Fièvre' }) }], new Set())
    const { entries, written_by } = JSON.parse(await begunFile(begun, SOMEBODY).text())
    assert.containSubset(entries, [
      { patient: { family_name: 'Sow', mrn: 'A-1' }, written_at: AT, data: { notes: 'Fièvre' } },
    ])
    assert.equal(entries[0].action.en, 'Consultation begun')
    assert.equal(written_by.id, SOMEBODY.id)
  })

  test('choices go with their conflict and not before', ({ assert }) => {
    const items = [
      { mutationId: 'open', state: 'conflict' },
      { mutationId: 'sent', state: 'waiting' },
    ] as OutboxItem[]
    const all = [kept('conflict:open:3'), kept('conflict:sent:3'), kept('conflict:gone:2'), kept(NEW)]
    assert.deepEqual(settledAmong(all, items), ['conflict:sent:3', 'conflict:gone:2'])
  })
})
