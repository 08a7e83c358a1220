import vine from '@vinejs/vine'
import db from '@adonisjs/lucid/services/db'
import type { ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'
import { whereBegins } from '#app/core/browse'
import { toSqlInstant } from '#app/core/clock'
import { moment } from '#app/core/rules'
import { isKept } from '#app/patients/patient'

type Query = ModelQueryBuilderContract<any, any>

/** Where a list of rows of charts finds who wrote them, and of when they are. */
interface Columns {
  table: string
  who: string
  when: string
}

interface Filters {
  patient?: string
  clinician?: string
  status?: string
  type?: string
  date_from?: string
  date_to?: string
}

/** A medical record number, however it was typed. */
export const typedMrn = () => vine.string().trim().toUpperCase().maxLength(36)

/** What every list of rows of charts is narrowed by. */
export const chartFilters = () => ({
  patient: typedMrn().optional(),
  clinician: vine.string().trim().maxLength(160).optional(),
  date_from: moment().optional(),
  date_to: moment().optional(),
})

/** Leaves what the filters name, of patients of whom something is kept. */
export function narrowRows(query: Query, { table, who, when }: Columns, filters: Filters) {
  const { patient, clinician, status, type, date_from: from, date_to: to } = filters
  if (patient) whereMrn(query, `${table}.patient_id`, patient)
  if (clinician) whereNamed(query, `${table}.${who}`, clinician)
  if (status) void query.where(`${table}.status`, status)
  if (type) void query.where(`${table}.type`, type)
  if (from) void query.where(`${table}.${when}`, '>=', toSqlInstant(new Date(from)))
  if (to) void query.where(`${table}.${when}`, '<', toSqlInstant(new Date(to)))
  // MariaDB asks in this order, and it is the one that reads another table.
  return query.whereRaw(isKept(`${table}.patient_id`))
}

/** One value and not `in`, which the planner takes for several: their rows would be put in order anew. */
export function whereMrn(query: Query, column: string, mrn: string) {
  void query.whereRaw(`${column} = (select asked.id from patients asked where asked.mrn = ?)`, [mrn])
}

/** By how somebody's name begins. */
export function whereNamed(query: Query, column: string, name: string) {
  void query.whereIn(column, (of) => whereBegins(of.from('users').select('users.id') as never, 'users.name', name))
}

/** What stands behind a foreign key, selected beside the columns: `users.name`, `patients.mrn`. */
export function behind(key: string, named: `${'users' | 'patients'}.${string}`, as: string) {
  const [table, column] = named.split('.')
  return db.raw(`(select named.${column} from ${table} named where named.id = ${key}) as ${as}`) as never
}
