import db from '@adonisjs/lucid/services/db'
import type { LucidModel, LucidRow, ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { Caller } from '#app/core/caller'
import Patient from '#app/patients/patient'
import { PatientIsRetired } from '#app/charts/chart_problems'

type ChartRow = LucidRow & { uuid: string; patientId: number | null; patientUuid: string }

export interface ChartScope {
  caller: Caller
  client: QueryClientContract
}

/** A row of a chart, or what is to become one, with the patient whose chart it is and the caller's rights in it. */
export interface InChart {
  owner: Patient
}

/**
 * The row that `query` finds, with its patient as the caller sees them; `isLocked` where `run` will change it.
 * Errors: NotFound.
 */
export async function findInChart<Model extends LucidModel & (new () => ChartRow)>(
  query: ModelQueryBuilderContract<Model, InstanceType<Model>>,
  { caller, client }: ChartScope,
  { isLocked = false } = {}
): Promise<InstanceType<Model> & InChart> {
  if (isLocked) void query.forUpdate()
  const row = await query.firstOrFail()
  const owners = Patient.ownerSeenBy(caller.user, client).where('patients.id', row.patientId!)
  if (isLocked) void owners.forShare()
  const owner = await owners.firstOrFail()
  row.patientUuid = owner.uuid
  return Object.assign(row, { owner })
}

/**
 * The patient whose chart is to be read, or into whose something new goes: then `isLocked`, so that nobody closes the
 * chart meanwhile. Errors: NotFound.
 */
export async function findOwner(uuid: string, { caller, client }: ChartScope, { isLocked = false } = {}) {
  const query = Patient.ownerSeenBy(caller.user, client).where('patients.uuid', uuid)
  if (isLocked) void query.forShare()
  const owner = await query.firstOrFail()
  return { owner, auditIdentity: () => owner.auditIdentity() }
}

/** Nothing new goes into a chart that is closed; what is there stays correctable. Errors: PatientIsRetired. */
export function refuseRetired(owner: Patient) {
  if (owner.isRetired || owner.mergedIntoId !== null) throw new PatientIsRetired()
}

/** The uuid behind a foreign key, selected beside the columns. */
export function uuidOf(table: string, key: string, as: string) {
  return db.raw(`(select named.uuid from ${table} named where named.id = ${key}) as ${as}`) as never
}
