import hash from '@adonisjs/core/services/hash'
import db from '@adonisjs/lucid/services/db'
import { EXAMPLE } from '#app/http/example_ids'
import type { ExampleRole } from '#app/http/operation'
import { createUser } from '#app/users/create_user'
import { disableUser } from '#app/users/disable_user'
import type User from '#app/users/user'
import { callerOf, someone } from '#tests/acting'
import type { Part } from '#tests/functional/api/example_world'

const ROLES: ExampleRole[] = ['admin', 'doctor', 'nurse', 'lab', 'reception', 'patient']

export async function oneOfEachRole(): Promise<Record<ExampleRole, User>> {
  const people = {} as Record<ExampleRole, User>
  for (const role of ROLES) people[role] = await someone(role)
  return people
}

export const users: Part = async ({ people }) => {
  const colleague = await createUser(callerOf(), { name: 'Ousmane Sow', roles: ['doctor'] })
  const departed = await someone('doctor')
  await disableUser(callerOf(), { user: departed.uuid })
  const password = await hash.make(EXAMPLE.password)
  const ids = Object.values(people).map(({ id }) => id)
  await db.from('users').whereIn('id', ids).update({ password })
  return {
    email: people.doctor.email!,
    password: EXAMPLE.password,
    doctor: people.doctor.uuid,
    colleague: colleague.uuid,
    receptionist: people.reception.uuid,
    departed: departed.uuid,
  }
}
