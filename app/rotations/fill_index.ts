import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import { insertRows, selectRows } from '#app/core/insert_rows'
import { indexerOf, type BlindToken, type TokensOf } from '#app/keys/blind_index'
import { INDEX_PURPOSE, unwrapVersion } from '#app/keys/index_versions'
import { defaultCountry } from '#app/patients/default_country'
import Patient from '#app/patients/patient'
import { patientIndexes, tokensOf } from '#app/patients/patient_tokens'

export const INDEX_TABLES = ['blind_indexes', 'unique_blind_indexes'] as const
type IndexTable = (typeof INDEX_TABLES)[number]

const PATIENTS = 200
const hasIndex = () => {
  const some = patientIndexes().map(({ column }) => `p.${column} is not null`)
  return `p.erased_at is null and (${some.join(' or ')})`
}

/** Makes tokens of this version only. */
export async function tokensOfVersion(version: number): Promise<TokensOf> {
  const row = await db.from('root_keys').where({ purpose: INDEX_PURPOSE, version }).firstOrFail()
  return indexerOf([await unwrapVersion(row)])
}

export async function countIndexed(client: QueryClientContract): Promise<number> {
  const [row] = await selectRows<{ n: number }>(client, `select count(*) as n from patients p where ${hasIndex()}`)
  return Number(row!.n)
}

/** The next patients who can be found by a token. */
export async function indexedAfter(id: number): Promise<number[]> {
  const rows = await selectRows<{ id: number }>(
    db.connection(),
    `select p.id from patients p where p.id > ? and ${hasIndex()} order by p.id limit ${PATIENTS}`,
    [id]
  )
  return rows.map((row) => Number(row.id))
}

/**
 * Writes the tokens that these patients have not yet. Their rows are held before anything is read: whoever corrects one
 * writes its tokens after us, from what is then true, or before us, and we read that. Errors: FieldUnreadable.
 */
export async function fillIndex(ids: number[], tokensUnder: TokensOf, trx: TransactionClientContract) {
  const patients = await Patient.query({ client: trx })
    .select('id', 'uuid', 'national_id_country', ...patientIndexes().map(({ column }) => column))
    .whereIn('id', ids)
    .whereNull('erased_at')
    .forUpdate()
  const country = await defaultCountry(trx)
  const uuids = patients.map(({ uuid }) => uuid)
  const wanted = patients.map((patient) => ({ uuid: patient.uuid, ...tokensOf(patient, country, tokensUnder) }))
  const rowsOf = (kind: 'shared' | 'unique') =>
    wanted.flatMap(({ uuid, [kind]: tokens }) => tokens.map((token) => ({ ...token, row_uuid: uuid })))
  await insertMissing('blind_indexes', rowsOf('shared'), uuids, trx)
  await insertMissing('unique_blind_indexes', rowsOf('unique'), uuids, trx)
}

async function insertMissing(
  table: IndexTable,
  rows: (BlindToken & { row_uuid: string })[],
  uuids: string[],
  trx: TransactionClientContract
) {
  const [first] = rows
  if (!first) return
  const there = await selectRows<{ field_id: number; row_uuid: string }>(
    trx,
    `select field_id, row_uuid from ${table} where key_version = ? and row_uuid in (${uuids.map(() => '?').join(',')})`,
    [first.key_version, ...uuids]
  )
  const nameOf = (row: { field_id: number; row_uuid: string }) => `${row.field_id} ${row.row_uuid}`
  const known = new Set(there.map(nameOf))
  await insertRows(
    trx,
    table,
    rows.filter((row) => !known.has(nameOf(row))).map((row) => ({ ...row }))
  )
}

/** How many tokens of patients are there under a former version and not under this one. */
export async function countUncovered(version: number): Promise<number> {
  const stillThere = patientIndexes().map(({ id, column }) => `(former.field_id = ${id} and p.${column} is not null)`)
  let uncovered = 0
  for (const table of INDEX_TABLES) {
    const [row] = await selectRows<{ n: number }>(
      db.connection(),
      `select count(*) as n from ${table} former join patients p on p.uuid = former.row_uuid
       where former.key_version < ? and p.erased_at is null
         and (${stillThere.join(' or ')})
         and not exists (select 1 from ${table} b where b.row_uuid = former.row_uuid
           and b.field_id = former.field_id and b.key_version = ?)`,
      [version, version]
    )
    uncovered += Number(row!.n)
  }
  return uncovered
}
