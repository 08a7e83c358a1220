import { test } from '@japa/runner'
import { correctPatient } from '#app/patients/correct_patient'
import { OUTCOMES, type Counts } from '#app/imports/report'
import { LegacySystem, notesOf, recordsOf } from '#tests/functional/imports/legacy_system'
import { callerOf } from '#tests/acting'

const MAPPING = `mapping: 1
source: x
files:
  - { file: places.csv, lookup: true, key: id }
  - file: people.csv
    entity: patient
    key: id
    fields:
      family_name: family
      given_name: given
      sex: { constant: unknown }
      dob: { column: born, date: YYYY-MM-DD }
      national_id: nid
      address: { take: name, from: places.csv, by: place }
  - file: visits.csv
    entity: consultation
    key: id
    fields: { date: { column: date, instant: YYYY-MM-DD }, reason: reason }
    references: { patient: { file: people.csv, key: person } }
`

type Row = Record<string, string>
interface Line {
  row: Row
  outcome: keyof Counts
}

/** Mulberry32 (public domain): the same numbers from the same seed. */
function randomOf(seed: number) {
  let state = seed
  return (below: number) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

/** Rows with what must become of each, drawn at random. */
function drawPeople(random: (below: number) => number, source: string): Line[] {
  const taken: Row[] = []
  const lines: Line[] = []
  const fresh = (): Row => ({
    ...{ id: `p${lines.length}`, family: `Nom${lines.length}`, given: 'Awa', place: `${random(3)}` },
    ...{
      born: `19${50 + random(50)}-0${1 + random(9)}-11`,
      nid: random(2) ? `${source}${lines.length}`.replace('-', '') : '',
    },
  })
  const draw = (): Line => {
    const kind = taken.length ? random(10) : 9
    const other = taken[random(taken.length)]!
    if (kind === 0) return { row: { ...other }, outcome: 'merged' }
    if (kind === 1) return { row: { ...other, given: 'Autre' }, outcome: 'rejected' }
    if (kind === 2) return { row: { ...fresh(), born: '1980-13-01' }, outcome: 'rejected' }
    if (kind === 3) return { row: { ...fresh(), place: 'nowhere' }, outcome: 'rejected' }
    if (kind === 4 && other.nid) return { row: { ...fresh(), nid: other.nid, born: other.born! }, outcome: 'merged' }
    if (kind === 5 && other.nid) return { row: { ...fresh(), nid: other.nid, born: '1901-01-01' }, outcome: 'rejected' }
    const row = fresh()
    taken.push(row)
    return { row, outcome: 'created' }
  }
  for (let count = 40 + random(60); count > 0; count--) lines.push(draw())
  return lines
}

function drawVisits(random: (below: number) => number, people: Line[]): Line[] {
  const known = new Set(people.filter(({ outcome }) => outcome !== 'rejected').map(({ row }) => row.id))
  return Array.from({ length: 30 + random(30) }, (_, index) => {
    const { row } = people[random(people.length)]!
    const visit = { id: `v${index}`, person: row.id!, date: '2020-02-03', reason: `Motif ${index}` }
    return { row: visit, outcome: known.has(row.id) ? 'created' : 'rejected' }
  })
}

function countsOf(lines: Line[]): Counts {
  const counts = Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 0])) as Counts
  for (const { outcome } of lines) counts[outcome]++
  return counts
}

const PLACES = ['0', '1', '2'].map((id): Line => ({ row: { id, name: `Rue ${id}` }, outcome: 'lookup' }))

async function write(system: LegacySystem, people: Line[], visits: Line[]) {
  await system.write(
    'places.csv',
    PLACES.map(({ row }) => row)
  )
  await system.write(
    'people.csv',
    people.map(({ row }) => row)
  )
  await system.write(
    'visits.csv',
    visits.map(({ row }) => row)
  )
}

test.group('What becomes of each row', () => {
  for (const seed of [1, 2, 3, 4, 5, 6]) {
    test(`every row counts once, in three runs of random files (seed ${seed})`, async ({ assert }) => {
      const random = randomOf(seed)
      const system = await LegacySystem.create(MAPPING)
      const people = drawPeople(random, system.source)
      const visits = drawVisits(random, people)
      const all = [...PLACES, ...people, ...visits]
      await write(system, people, visits)
      const first = await system.import()
      assert.containsSubset(first, { ...countsOf(all), rows_read: all.length })
      assert.deepEqual(
        first.checks.filter(({ ok }) => !ok),
        []
      )

      for (const line of all) if (line.outcome === 'created') line.outcome = 'unchanged'
      // A row that was merged with a record under another key is known by now; one that repeats a key is merged again.
      const keys = new Set<string>()
      for (const line of people) {
        if (line.outcome === 'merged' && !keys.has(line.row.id!)) line.outcome = 'unchanged'
        if (line.outcome !== 'rejected') keys.add(line.row.id!)
      }
      assert.containsSubset(await system.import(), { ...countsOf(all), rows_read: all.length })

      const edited = await editSome(first.run_id, people, random)
      changeSome(people, visits, edited, random)
      await write(system, people, visits)
      const third = await system.import()
      assert.containsSubset(third, { ...countsOf(all), rows_read: all.length })
      const notes = await notesOf(third.run_id)
      const kept = notes.filter(({ code }) => code === 'kept')
      assert.sameMembers(
        kept.map(({ record_uuid }) => record_uuid),
        [...edited.values()]
      )
    })
  }
})

/** Corrects some of the imported patients here. @returns their uuids by the source's key */
async function editSome(
  runUuid: string,
  people: Line[],
  random: (below: number) => number
): Promise<Map<string, string>> {
  const edited = new Map<string, string>()
  const patients = await recordsOf(runUuid, 'patient', 'patients')
  for (const { row, outcome } of people) {
    const patient = patients.find(({ family_name: name }) => name === row.family)
    if (outcome !== 'unchanged' || !patient || patient.given_name !== row.given || random(4)) continue
    await correctPatient(callerOf(), { id: patient.uuid, version: patient.version, given_name: 'Corrigée' })
    edited.set(row.id!, patient.uuid)
  }
  return edited
}

function changeSome(people: Line[], visits: Line[], edited: Map<string, string>, random: (below: number) => number) {
  const once = new Map<string, number>()
  for (const { row } of people) once.set(row.id!, (once.get(row.id!) ?? 0) + 1)
  const shared = new Map<string, number>()
  for (const { row } of people) shared.set(row.nid!, (shared.get(row.nid!) ?? 0) + 1)
  for (const line of people) {
    if (line.outcome !== 'unchanged') continue
    if (edited.has(line.row.id!)) line.outcome = 'kept'
    const isFree = once.get(line.row.id!) === 1 && (line.row.nid === '' || shared.get(line.row.nid!) === 1)
    if (!isFree || random(2)) continue
    line.row.given = 'Changée'
    if (line.outcome === 'unchanged') line.outcome = 'updated'
  }
  for (const line of visits) {
    if (line.outcome !== 'unchanged' || random(3)) continue
    line.row.reason = 'Autre motif'
    line.outcome = 'updated'
  }
}
