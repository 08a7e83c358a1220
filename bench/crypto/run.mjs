// node bench/crypto/run.mjs [--patients N --rounds N]
// What sealing the four encrypted columns of a patient and making the two tokens of the blind index cost in our code,
// beside node:crypto alone that makes the same bytes. One thread, processor time; nothing is written.
import { createSecretKey, randomBytes } from 'node:crypto'
import { deepStrictEqual } from 'node:assert/strict'
import { v7 as uuidv7 } from 'uuid'
import { openApp } from '../../build/cli/app_session.js'
import { printTable, ratio } from '../http/compare.mjs'
import { median } from '../measure.mjs'
import { options, prepareBench } from '../setup.mjs'
import { indexPatient, sealPatient } from './plain.mjs'

const { patients, rounds } = options({ patients: 50_000, rounds: 9 })
const count = Number(patients)
// Our modules wait for the application.
const bench = await prepareBench({ database: 'sqlite' })
bench.medinfo('migrate', '--json')
Object.assign(process.env, bench.settings)
const close = await openApp()
const { indexerOf } = await import('../../build/app/keys/blind_index.js')
const { blindIndexOf } = await import('../../build/app/keys/blind_indexed.js')
const { openField } = await import('../../build/app/keys/field_crypto.js')
const { sealColumns } = await import('../../build/app/keys/seal_columns.js')
const { default: Patient } = await import('../../build/app/patients/patient.js')
const { tokensOf } = await import('../../build/app/patients/patient_tokens.js')

const dataKey = { id: randomBytes(8), key: createSecretKey(randomBytes(32)) }
const indexKey = createSecretKey(randomBytes(32))
const tokens = indexerOf([{ version: 1, key: indexKey }])

/** As many as a cache holds: neither side profits from the same text again and again. */
const people = Array.from({ length: 1000 }, (_, index) => ({
  uuid: uuidv7(),
  national_id: `1${String(index).padStart(3, '0')}199002345`,
  phone: `+22177${String(1_000_000 + index)}`,
  email: `mamoudou.niang${index}@example.org`,
  address: `${index} rue du Fleuve, quartier Médina, Dakar`,
}))

const personOf = (index) => people[index % people.length]
const [NATIONAL_ID, TELEPHONE] = ['nationalId', 'phone'].map((attribute) => blindIndexOf(Patient, attribute))
const makeTokens = ({ national_id: nationalId, phone }) => [
  ...tokens(NATIONAL_ID, 'generic', nationalId),
  ...tokens(TELEPHONE, '', phone),
]
const asPatient = ({ national_id: nationalId, phone }) => ({ nationalId, nationalIdCountry: 'generic', phone })

const WORK = {
  seal: {
    plain: (person) => sealPatient(dataKey, person.uuid, person),
    ours: ({ uuid, ...columns }) => sealColumns('patients', uuid, columns, dataKey),
  },
  index: { plain: (person) => indexPatient(indexKey, person), ours: makeTokens },
}
WORK['seal + index'] = Object.fromEntries(
  ['plain', 'ours'].map((who) => [who, (person) => [WORK.seal[who](person), WORK.index[who](person)]])
)
const ALONE = { 'the same after normalising': (person) => tokensOf(asPatient(person), 'SN', tokens) }

requireSameBytes(people[0])
const rows = Object.entries(WORK).map(([name, sides]) => {
  const { plain, ours } = costsOf(sides)
  return [name, plain.toFixed(2), ours.toFixed(2), ratio(plain, ours)]
})
for (const [name, work] of Object.entries(ALONE)) rows.push([name, null, costsOf({ work }).work.toFixed(2), null])
printTable(['a patient', 'node:crypto µs', 'MedInfo µs', 'node:crypto / MedInfo'], rows)

await close()
await bench.end()

/** Microseconds of processor time a patient, the median of rounds that alternate, after one that warms up. */
function costsOf(sides) {
  const costs = {}
  for (let round = 0; round <= rounds; round++)
    for (const [who, work] of Object.entries(sides)) {
      const before = process.cpuUsage()
      for (let index = 0; index < count; index++) work(personOf(index))
      const { user, system } = process.cpuUsage(before)
      if (round) (costs[who] ??= []).push((user + system) / count)
    }
  return Object.fromEntries(Object.entries(costs).map(([who, values]) => [who, median(values)]))
}

/** Each side's ciphertext opens in our code, and the tokens are the same: they did the same work. */
function requireSameBytes(person) {
  for (const { length } of [WORK.seal.plain(person), WORK.seal.ours(person)].map(Object.keys))
    deepStrictEqual(length, 4)
  for (const sealed of [WORK.seal.plain(person), WORK.seal.ours(person)])
    for (const column of ['national_id', 'phone', 'email', 'address']) {
      const opened = openField(dataKey, sealed[column], { table: 'patients', column, uuid: person.uuid })
      deepStrictEqual(opened, person[column])
    }
  deepStrictEqual(
    WORK.index.ours(person).map(({ token }) => token),
    WORK.index.plain(person)
  )
}
