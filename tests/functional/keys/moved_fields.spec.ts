import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { FieldUnreadable } from '#app/keys/field_crypto'
import { someone } from '#tests/acting'
import { apiCaller, PATIENTS } from '#tests/functional/api_caller'
import { auditOf } from '#tests/functional/core/probe'
import { aSealedChart, aSealedSecret, type SealedOne } from '#tests/functional/keys/some_sealed_rows'
import { rawRequest } from '#tests/functional/raw_request'

/** A sealed value and where it stands. */
interface Standing {
  row: SealedOne
  column: string
  bytes: Buffer
}

async function standingIn(rows: SealedOne[]): Promise<Standing[]> {
  const standing: Standing[] = []
  for (const row of rows) {
    const stored = await db.from(row.table).where('id', row.id).firstOrFail()
    for (const column of Object.keys(row.texts)) standing.push({ row, column, bytes: stored[column] })
  }
  return standing
}

/** Bits from its beginning to its end (`field_crypto.spec.ts` takes all), lengths, and what somebody may have put there. */
function* damaged(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += 2) {
    const flipped = Buffer.from(bytes)
    flipped[at]! ^= 1 << ((at * 5) % 8)
    yield flipped
  }
  for (let length = 0; length < bytes.length; length += 5) yield bytes.subarray(0, length)
  yield Buffer.concat([bytes, Buffer.alloc(1)])
  yield Buffer.from('paludisme')
}

/** What becomes of reading the row with these bytes in this place: null where it is refused, and says which field. */
async function readWith(bytes: Buffer, { row, column }: Standing, client: QueryClientContract): Promise<unknown> {
  await client
    .from(row.table)
    .where('id', row.id)
    .update({ [column]: bytes })
  try {
    return { read: await row.read(client) }
  } catch (error) {
    if (!(error instanceof FieldUnreadable)) return { failed: String(error) }
    const { table, column: told, uuid } = error.place
    const isIt = table === row.table && told === column && uuid === row.uuid
    return isIt ? null : { told: error.place }
  }
}

const unreadableSoFar = async () => {
  const { body } = await rawRequest('GET', '/metrics')
  return Number(/^medinfo_fields_unreadable_total (\d+)$/m.exec(String(body))![1])
}

test.group('What is sealed, in the database', (group) => {
  let rows: SealedOne[]
  let doctor: Awaited<ReturnType<typeof someone>>
  group.setup(async () => {
    doctor = await someone('doctor')
    rows = [...(await aSealedChart(doctor, 2)), ...(await aSealedChart(doctor, 1))]
    rows.push(await aSealedSecret(doctor), await aSealedSecret(await someone('nurse')))
  })

  /** The first row of each table. */
  const targets = (standing: Standing[]) =>
    standing.filter(({ row }) => row === rows.find(({ table }) => table === row.table))

  test('opens where it was written, through the model of its table', async ({ assert }) => {
    for (const row of rows) assert.deepEqual(await row.read(), row.texts, row.table)
  })

  test('opens in no other row, column or table, and not with a bit or a byte more or less', async ({ assert }) => {
    const standing = await standingIn(rows)
    const counts = { moved: 0, damaged: 0 }
    const wrong: unknown[] = []
    for (const target of targets(standing)) {
      const trx = await db.transaction()
      try {
        const others = standing.filter((one) => one !== target).map(({ bytes }) => bytes)
        for (const [kind, all] of Object.entries({ moved: others, damaged: damaged(target.bytes) }))
          for (const bytes of all) {
            const result = await readWith(bytes, target, trx)
            if (result) wrong.push([kind, target.row.table, target.column, result])
            counts[kind as 'moved' | 'damaged']++
          }
        assert.deepEqual(await readWith(target.bytes, target, trx), { read: target.row.texts }, 'control: put back')
      } finally {
        await trx.rollback()
      }
    }
    assert.deepEqual(wrong, [])
    assert.isAtLeast(counts.moved, 3_000)
    assert.isAtLeast(counts.damaged, 1_000)
  }).timeout(120_000)

  /** Where the API shows what stands in a table's first row. */
  function addressOf(table: string): string {
    const uuidOf = (name: string) => rows.find((row) => row.table === name)!.uuid
    const visit = `/api/v1/consultations/${uuidOf('consultations')}`
    const addresses: Record<string, string> = {
      patients: `${PATIENTS}/${uuidOf('patients')}`,
      consultations: visit,
      prescriptions: `${visit}/prescriptions/${uuidOf('prescriptions')}`,
      medical_records: `/api/v1/medical-records/${uuidOf('medical_records')}`,
      lab_results: `/api/v1/lab-results/${uuidOf('lab_results')}`,
      addenda: `${visit}/addenda`,
      record_versions: `${visit}/history`,
    }
    return addresses[table]!
  }

  async function askWith(bytes: Buffer, { row, column }: Standing, client: ApiClient) {
    const before = await unreadableSoFar()
    const place = db.from(row.table).where('id', row.id)
    const { [column]: kept } = await place.clone().firstOrFail()
    await place.clone().update({ [column]: bytes })
    try {
      const caller = await apiCaller(client, doctor)
      const answer = await caller.get(addressOf(row.table))
      return { answer, counted: (await unreadableSoFar()) - before }
    } finally {
      await place.clone().update({ [column]: kept })
    }
  }

  test('is for the API an error with the request’s id, in the audit and counted, and never an empty field', async ({
    client,
    assert,
  }) => {
    const standing = await standingIn(rows)
    const shown = targets(standing).filter(({ row }) => addressOf(row.table))
    assert.isAtLeast(shown.length, 30)
    for (const target of shown) {
      const name = `${target.row.table}.${target.column}`
      const whole = await askWith(target.bytes, target, client)
      assert.deepEqual([whole.answer.status(), whole.counted], [200, 0], `control: ${name}`)
      const other = standing.find(({ row, column }) => row !== target.row && column === target.column)!
      const { answer, counted } = await askWith(other.bytes, target, client)
      const { code, request_id: requestId } = answer.body()
      assert.deepEqual([answer.status(), code, requestId], [500, 'internal_error', answer.requestId], name)
      assert.isAtLeast(counted, 1, name)
      assert.notProperty(answer.body(), 'data', name)
      const entries = await auditOf(answer.requestId)
      assert.deepEqual(
        entries.map(({ outcome, http_status: status }) => [outcome, status]),
        [['failed', 500]],
        name
      )
    }
  }).timeout(60_000)
})
