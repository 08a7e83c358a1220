import db from '@adonisjs/lucid/services/db'
import { EXAMPLE } from '#app/http/example_ids'
import type { ExampleRole } from '#app/http/operation'
import { now, toSqlInstant } from '#app/core/clock'
import { newUuid } from '#app/core/ids'
import type User from '#app/users/user'
import { accounts } from '#tests/functional/api/worlds/accounts'
import { alerts } from '#tests/functional/api/worlds/alerts'
import { charts } from '#tests/functional/api/worlds/charts'
import { consultations } from '#tests/functional/api/worlds/consultations'
import { doctors } from '#tests/functional/api/worlds/doctors'
import { factors } from '#tests/functional/api/worlds/factors'
import { imports } from '#tests/functional/api/worlds/imports'
import { labs } from '#tests/functional/api/worlds/labs'
import { links } from '#tests/functional/api/worlds/links'
import { passkeys } from '#tests/functional/api/worlds/passkeys'
import { patients } from '#tests/functional/api/worlds/patients'
import { prescriptions } from '#tests/functional/api/worlds/prescriptions'
import { records } from '#tests/functional/api/worlds/records'
import { sessions } from '#tests/functional/api/worlds/sessions'
import { sync } from '#tests/functional/api/worlds/sync'
import { tokens } from '#tests/functional/api/worlds/tokens'
import { oneOfEachRole, users } from '#tests/functional/api/worlds/users'
import { forgetSettings } from '#tests/functional/settings/some_settings'

export type ExampleKey = keyof typeof EXAMPLE
export type Values = Partial<Record<ExampleKey, string>>

/** Whose chart EXAMPLE.patient's is to somebody: their own, that of somebody in their care, or of somebody else. */
export type Relation = 'own' | 'assigned' | 'other'

/** The records that the examples speak of, made anew, and one user of each role. */
export interface World {
  people: Record<ExampleRole, User>
  /** What stands in this world for a value of EXAMPLE. */
  values: Values
}

/** Makes a domain's records through its use-cases, from what the parts before it made. */
export type Part = (world: World) => Promise<Values>

const PARTS: Part[] = [
  users,
  accounts,
  doctors,
  patients,
  consultations,
  prescriptions,
  records,
  labs,
  imports,
  charts,
  alerts,
  sessions,
  factors,
  tokens,
  links,
  passkeys,
  sync,
]

/** These belong to no record. */
const TAKEN_AS_THEY_ARE: ExampleKey[] = ['request', 'nothing']

/**
 * A world for the examples: the doctor and the nurse treat `patient` and `retired`, and the chart of `patient` belongs to
 * whoever sends as `patient`. `relation` changes what that chart is to `role`, once everything is there.
 */
export async function exampleWorld(options?: { role: ExampleRole; relation: Relation }): Promise<World> {
  // Whoever changed the clinic's country made other national ids right.
  await forgetSettings()
  const world: World = { people: await oneOfEachRole(), values: {} }
  for (const part of PARTS) Object.assign(world.values, await part(world))
  if (options) await relate(world.people[options.role], world.values.patient!, options.relation)
  return world
}

/** Written past the use-cases, which would refuse some of it: that a receptionist treats somebody, say. */
async function relate(user: User, patient: string, relation: Relation) {
  const row = await db.from('patients').where('uuid', patient).firstOrFail()
  const treating = { patient_id: row.id, doctor_id: user.id, is_open: 1 }
  const isTreating = await db.from('doctor_patient').where(treating).first()
  const at = toSqlInstant(now())
  if (relation === 'own') await db.from('patients').where('id', row.id).update({ user_id: user.id })
  else if (row.user_id === user.id) await db.from('patients').where('id', row.id).update({ user_id: null })
  if (relation !== 'assigned') await db.from('doctor_patient').where(treating).update({ is_open: null, ended_at: at })
  else if (!isTreating)
    await db
      .table('doctor_patient')
      .insert({ ...treating, uuid: newUuid(), assigned_at: at, version: 1, created_at: at, updated_at: at })
}

/** The same request with the world's own values in place of those of EXAMPLE. Errors: a value that no part has made. */
export function inWorld<T>(request: T, { values }: World): T {
  let text = JSON.stringify(request)
  for (const key of Object.keys(EXAMPLE) as ExampleKey[]) {
    if (TAKEN_AS_THEY_ARE.includes(key) || !text.includes(EXAMPLE[key])) continue
    if (!values[key]) throw new Error(`No part of the world has made ${key}`)
    text = text.replaceAll(EXAMPLE[key], values[key])
  }
  return JSON.parse(text) as T
}
