import vine from '@vinejs/vine'
import type { Actor } from '#app/core/actor'
import { fromSqlInstant } from '#app/core/clock'
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

const { name, email: address, roles } = userFields

/** People of a legacy system: mostly clinicians without e-mail and password, who are in the charts and never sign in. */
export const importUsers: EntityImporter = {
  entity: 'user',
  table: 'users',
  validator: vine.create({ name, email: address, roles }),
  references: {},
  columns: (input: { name: string; email?: string | null }) => ({ name: input.name, email: input.email ?? null }),
  examine: adoptByEmail,
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
  /** Only the name: an e-mail address or a role that changed by import would let somebody in. */
  async update({ columns }, known: Known, { trx, at }) {
    const user = await trx.from('users').where('id', known.id).forUpdate().firstOrFail()
    if (versionOf(String(user.updated_at)) !== known.version) return null
    if (user.name === columns.name) return known.version
    await trx.from('users').where('id', known.id).update({ name: columns.name, updated_at: at })
    return versionOf(at)
  },
}

function rolesOf({ input }: ImportRecord): string[] {
  return (input.roles as string[] | undefined) ?? []
}

async function roleIds(trx: BatchScope['trx']) {
  const rows = await selectRows<{ id: number; name: string }>(trx, 'select id, name from roles')
  return new Map(rows.map((row) => [row.name, Number(row.id)]))
}

/** Users have no version: the moment of their last change stands for it, its milliseconds modulo 2^32; never 0. */
export function versionOf(sqlInstant: string): number {
  return fromSqlInstant(sqlInstant).getTime() >>> 0 || 1
}

const mayMake = (user: Actor, record: ImportRecord) =>
  user.can('users.manage') && (!rolesOf(record).length || user.can('roles.manage'))

interface Holder {
  id: number
  uuid: string
  email: string
  updated_at: string
}

async function adoptByEmail(records: ImportRecord[], _updates: ImportRecord[], { caller, trx }: BatchScope) {
  const refused = new Map<ImportRecord, CannotTake>()
  const known = await roleIds(trx)
  const first = new Map<string, ImportRecord>()
  const holders = await holdersOf(records, trx)
  for (const record of records) {
    const missing = rolesOf(record).find((role) => !known.has(role))
    const email = record.columns.email as string | null
    const holder = email === null ? undefined : holders.get(email)
    const earlier = email === null ? undefined : first.get(email)
    if (missing) refused.set(record, new CannotTake('unknown_role', 'roles', { role: missing }))
    else if (holder) record.adopted = asKnown(holder)
    else if (earlier) record.adopted = standsFor(earlier)
    // Whoever may import may not thereby make users, nor give roles to those who are made.
    else if (!mayMake(caller.user, record)) refused.set(record, new CannotTake('users_not_allowed'))
    else if (email !== null) first.set(email, record)
  }
  return refused
}

async function holdersOf(records: ImportRecord[], trx: BatchScope['trx']): Promise<Map<string, Holder>> {
  const emails = records.flatMap(({ columns }) => columns.email ?? [])
  if (!emails.length) return new Map()
  const sql = `select id, uuid, email, updated_at from users where email in (${emails.map(() => '?').join(',')})`
  const rows = await selectRows<Holder>(trx, sql, emails)
  return new Map(rows.map((row) => [row.email, row]))
}

function asKnown({ id, uuid, updated_at }: Holder): Known {
  return { id: Number(id), uuid, patientUuid: null, version: versionOf(updated_at) }
}
