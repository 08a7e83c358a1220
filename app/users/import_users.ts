import vine from '@vinejs/vine'
import { insertRows, selectRows } from '#app/core/insert_rows'
import { readIds } from '#app/imports/clinical_importer'
import {
  CannotTake,
  standsFor,
  type BatchScope,
  type EntityImporter,
  type ImportRecord,
  type Known,
} from '#app/imports/entity_importer'
import { userFields } from '#app/users/user_validator'

const { name, email, roles } = userFields

/** People of a legacy system: mostly clinicians without e-mail and password, who are in the charts and never sign in. */
export const importUsers: EntityImporter = {
  entity: 'user',
  table: 'users',
  validator: vine.create({ name, email, roles }),
  references: {},
  columns: (input: { name: string; email?: string | null }) => ({ name: input.name, email: input.email ?? null }),
  adopt: adoptByEmail,
  async insert(records, { trx, at }) {
    const rows = records.map(({ uuid, columns }) => ({
      uuid,
      ...columns,
      language: 'fr',
      created_at: at,
      updated_at: at,
    }))
    await insertRows(trx, 'users', rows)
    await readIds('users', records, trx)
    const ids = await roleIds(trx)
    await insertRows(
      trx,
      'user_roles',
      records.flatMap((record) => rolesOf(record).map((role) => ({ user_id: record.id!, role_id: ids.get(role)! })))
    )
  },
  async update(record, known: Known, { trx, at }) {
    await trx.from('users').where('id', known.id).update({ name: record.columns.name, updated_at: at })
    return secondOf(at)
  },
}

function rolesOf({ input }: ImportRecord): string[] {
  return (input.roles as string[] | undefined) ?? []
}

async function roleIds(trx: BatchScope['trx']) {
  const rows = await selectRows<{ id: number; name: string }>(trx, 'select id, name from roles')
  return new Map(rows.map((row) => [row.name, Number(row.id)]))
}

/** Users have no version: the second of their last change stands for it. */
export function secondOf(sqlInstant: string): number {
  return Math.floor(Date.parse(`${sqlInstant.replace(' ', 'T')}Z`) / 1000)
}

async function adoptByEmail(records: ImportRecord[], { trx }: BatchScope) {
  const refused = new Map<ImportRecord, CannotTake>()
  const known = await roleIds(trx)
  for (const record of records) {
    const missing = rolesOf(record).find((role) => !known.has(role))
    if (missing) refused.set(record, new CannotTake('unknown_role', 'roles', { role: missing }))
  }
  const naming = records.filter(({ columns }) => columns.email)
  if (!naming.length) return refused
  const rows = await selectRows<{ id: number; uuid: string; email: string; updated_at: string }>(
    trx,
    `select id, uuid, email, updated_at from users where email in (${naming.map(() => '?').join(',')})`,
    naming.map(({ columns }) => columns.email)
  )
  const holders = new Map(rows.map((row) => [row.email, row]))
  const first = new Map<string, ImportRecord>()
  for (const record of naming) {
    const email = String(record.columns.email)
    const holder = holders.get(email)
    const earlier = first.get(email)
    if (holder)
      record.adopted = {
        id: Number(holder.id),
        uuid: holder.uuid,
        patientUuid: null,
        version: secondOf(holder.updated_at),
      }
    else if (earlier) record.adopted = standsFor(earlier)
    else first.set(email, record)
  }
  return refused
}
