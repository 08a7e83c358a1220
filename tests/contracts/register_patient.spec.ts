import db from '@adonisjs/lucid/services/db'
import type { ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import type { Door } from '#app/core/caller'
import { Problem } from '#app/core/problem'
import Patient from '#app/patients/patient'
import { registerPatient } from '#app/patients/register_patient'
import type User from '#app/users/user'
import { callerOf, someone } from '#tests/acting'
import { apiCaller, PATIENTS } from '#tests/functional/api_caller'
import { auditOf } from '#tests/functional/core/probe'
import { aPatient, someDigits, somePatient } from '#tests/functional/patients/some_patient'

/** What came of a registration: the refusal's code with the fields that it names, or the new record's id. */
interface Outcome {
  code: string
  pointers: string[]
  id: string | null
  requestId: string
}

type Through = (client: ApiClient, user: User, input: object) => Promise<Outcome>

const byApi: Through = async (client, user, input) => {
  const answer = await (await apiCaller(client, user)).post(PATIENTS, input)
  const { code = 'done', errors = [], data } = answer.body()
  return { code, pointers: pointersOf(errors), id: data?.id ?? null, requestId: answer.requestId }
}

/** Called as the command line, a job or the synchronisation calls it. */
const byUseCase = (via: Door): Through => {
  return async (_client, user, input) => {
    const caller = { ...callerOf(user), via }
    try {
      const { uuid } = await registerPatient(caller, input)
      return { code: 'done', pointers: [], id: uuid, requestId: caller.requestId }
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      return { code: error.code, pointers: pointersOf(error.errors ?? []), id: null, requestId: caller.requestId }
    }
  }
}

const pointersOf = (errors: { pointer: string }[]) => errors.map(({ pointer }) => pointer).sort()

const DOORS: Record<string, Through> = {
  'the API': byApi,
  'the command line': byUseCase('cli'),
  'a job': byUseCase('job'),
  'the synchronisation': byUseCase('sync'),
}

interface Case {
  role: string
  input: () => object | Promise<object>
  code: string
  pointers?: string[]
}

/** Add a line here when a rule of registering is added: it then holds for every door. */
const CASES: Record<string, Case> = {
  'a good one': {
    role: 'reception',
    input: () => aPatient({ phone: '+221771112233', address: 'Rue 10' }),
    code: 'done',
  },
  'a name that is missing': {
    role: 'reception',
    input: () => aPatient({ family_name: undefined }),
    code: 'invalid',
    pointers: ['/family_name'],
  },
  'a birth on 30 February': {
    role: 'reception',
    input: () => aPatient({ dob: '1990-02-30' }),
    code: 'invalid',
    pointers: ['/dob'],
  },
  'a field that is unknown': {
    role: 'reception',
    input: () => aPatient({ phnoe: '77' }),
    code: 'invalid',
    pointers: ['/phnoe'],
  },
  'a national id that is malformed': {
    role: 'reception',
    input: () => aPatient({ national_id: '1', national_id_country: 'TN' }),
    code: 'invalid',
    pointers: ['/national_id'],
  },
  'a national id that is taken': {
    role: 'reception',
    async input() {
      const national_id = `CT${someDigits()}`
      await somePatient({ national_id })
      return aPatient({ national_id })
    },
    code: 'national_id_taken',
    pointers: ['/national_id'],
  },
  'a record number that is taken': {
    role: 'reception',
    input: async () => aPatient({ mrn: (await somePatient()).mrn }),
    code: 'mrn_taken',
    pointers: ['/mrn'],
  },
  'an id that is taken': {
    role: 'reception',
    input: async () => aPatient({ id: (await somePatient()).uuid }),
    code: 'patient_exists',
    pointers: ['/id'],
  },
  'a death before the birth': {
    role: 'reception',
    input: () => aPatient({ deceased_at: '1950-01-01T00:00:00Z' }),
    code: 'born_after_death',
    pointers: ['/deceased_at'],
  },
  'a caller who may not': { role: 'lab', input: () => aPatient(), code: 'forbidden' },
  'a caller who may not, with a bad field': {
    role: 'patient',
    input: () => aPatient({ sex: 'x' }),
    code: 'invalid',
    pointers: ['/sex'],
  },
}

const countPatients = async () => Number((await db.from('patients').count('* as n').firstOrFail()).n)

test.group('Registering a patient is one rule through every door', () => {
  for (const [name, { role, input, code, pointers = [] }] of Object.entries(CASES)) {
    for (const [door, through] of Object.entries(DOORS)) {
      test(`${name}, by ${door}: ${code}`, async ({ client, assert }) => {
        const [user, given] = [await someone(role), await input()]
        const before = await countPatients()
        const outcome = await through(client, user, given)
        assert.deepEqual([outcome.code, outcome.pointers], [code, pointers])
        const isDone = code === 'done'
        assert.equal((await countPatients()) - before, isDone ? 1 : 0)
        const rows = await auditOf(outcome.requestId)
        const told = rows.map((row) => [row.action, row.outcome, Number(row.user_id), row.role, row.entity_uuid])
        assert.deepEqual(told, [
          ['patients.register', isDone ? 'done' : 'refused', user.id, role, isDone ? outcome.id : null],
        ])
        const { via, code: kept } = JSON.parse(rows[0]!.details)
        assert.equal(
          via,
          { 'the API': 'api', 'the command line': 'cli', 'a job': 'job', 'the synchronisation': 'sync' }[door]
        )
        if (!isDone) assert.equal(kept, code)
      })
    }
  }

  test('and makes the same row, whichever door it came in by', async ({ client, assert }) => {
    const user = await someone('doctor')
    const rows: Record<string, unknown>[] = []
    for (const through of Object.values(DOORS)) {
      const input = aPatient({
        phone: '+221771112233',
        address: 'Rue 10',
        email: 'a@example.org',
        deceased_at: '2024-01-02T03:04:05.678Z',
      })
      const { id } = await through(client, user, { ...input, national_id: `CT${someDigits()}` })
      rows.push(await everythingOf(id!))
    }
    for (const row of rows) assert.deepEqual(row, rows[0])
  })

  /** A patient with all that registering wrote, without what differs by nature: ids, times, numbers, keys. */
  async function everythingOf(uuid: string) {
    const patient = await Patient.findByOrFail('uuid', uuid)
    const { id, uuid: own, mrn, nationalId, createdAt, updatedAt, ...columns } = patient.$attributes
    const of = (table: string, where: object, ...shown: string[]) =>
      db
        .from(table)
        .where(where)
        .select(...shown)
    return {
      columns,
      isWhole: Boolean(id && own && mrn && nationalId) && createdAt.getTime() === updatedAt.getTime(),
      names: await of('patient_names', { patient_id: id }, 'token', 'sound').orderBy('token'),
      index: await of('blind_indexes', { row_uuid: uuid }, 'field_id', 'key_version', 'token'),
      unique: (await of('unique_blind_indexes', { row_uuid: uuid }, 'field_id', 'key_version')).length,
      keys: await of('data_keys', { subject_uuid: uuid }, 'subject_type', 'generation', 'state'),
      changes: await of('sync_changes', { scope: uuid }, 'entity', 'version', 'op').orderBy('id'),
      assignments: await of('doctor_patient', { patient_id: id }, 'doctor_id', 'assigned_by', 'is_open', 'version'),
    }
  }
})
