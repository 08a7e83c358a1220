import vine from '@vinejs/vine'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'
import { pageOf, type Page } from '#app/core/keyset'
import { readCase } from '#app/core/read_case'
import DoctorPolicy, { isOneself } from '#app/doctors/doctor_policy'
import { listDoctorsValidator, openDoctorValidator } from '#app/doctors/doctor_validator'
import { foldName } from '#app/patients/names/fold_name'
import { IS_CURRENT } from '#app/patients/patient'
import User from '#app/users/user'

type UserQuery = ModelQueryBuilderContract<typeof User>

const BY_NAME = { list: 'doctors', column: 'name', kind: 'text', direction: 'asc' } as const

const BY_ROLE =
  'select ur.user_id from user_roles ur join role_permissions rp on rp.role_id = ur.role_id join permissions p on p.id = rp.permission_id where p.name = ?'
const BY_GRANT =
  'select up.user_id from user_permissions up join permissions p on p.id = up.permission_id where p.name = ?'

const TREATS: [sql: string, bindings: string[]] = [
  `users.id in (${BY_ROLE} union ${BY_GRANT})`,
  ['patients.treat', 'patients.treat'],
]

/** People who treat patients, nurses included, and those who used to: charts name them for ever. */
export function clinicians(client: QueryClientContract): UserQuery {
  return User.query({ client })
    .select('users.*')
    .whereRaw(...TREATS)
    .preload('roles')
}

/**
 * Keeps those of whose names some word begins with each word that is asked for, without regard to accents or case. SQL
 * folds names differently on each database; there are hundreds of clinicians, not thousands, so that they are read.
 */
async function filterByName(query: UserQuery, asked: string, client: QueryClientContract) {
  const words = foldName(asked).split(' ')
  const named: { id: number; name: string }[] = await client
    .from('users')
    .whereRaw(...TREATS)
    .select('id', 'name')
  const isMeant = ({ name }: { name: string }) => {
    const own = foldName(name).split(' ')
    return words.every((word) => word && own.some((each) => each.startsWith(word)))
  }
  const meant = named.filter(isMeant).map(({ id }) => id)
  void query.whereIn('users.id', meant)
}

function withRoleNames(user: User): User {
  user.roleNames = user.roles.map(({ name }) => name).sort()
  return user
}

/** Whoever treats patients at present, by name. */
export const listDoctors = readCase({
  name: 'doctors.list',
  input: listDoctorsValidator,
  find: () => null,
  policy: [DoctorPolicy, 'viewAny'],
  details: ({ rows }: Page<User>) => ({ uuids: rows.map(({ uuid }) => uuid) }),
  async run({ client }, { name, role, limit, cursor }) {
    const query = clinicians(client).whereNull('users.disabled_at')
    if (role) void query.whereHas('roles', (of) => void of.where('name', role))
    if (name) await filterByName(query, name, client)
    const page = await pageOf(query, 'users', BY_NAME, { limit, cursor })
    return { ...page, rows: page.rows.map(withRoleNames) }
  },
})

/** One clinician, with the number of their patients for whoever may know it. */
export const openDoctor = readCase({
  name: 'doctors.open',
  input: openDoctorValidator,
  find: ({ id }, { client }) => clinicians(client).where('users.uuid', id).firstOrFail(),
  policy: [DoctorPolicy, 'view'],
  async run({ subject: doctor, caller: { user }, client }) {
    const mayCount = isOneself(user, doctor) || user.can('patients.view_any')
    return Object.assign(withRoleNames(doctor), { patientCount: mayCount ? await countPatients(doctor, client) : null })
  },
})

async function countPatients({ id }: User, client: QueryClientContract): Promise<number> {
  const row = await client
    .from('doctor_patient')
    .join('patients', 'patients.id', 'doctor_patient.patient_id')
    .where({ 'doctor_patient.doctor_id': id, 'doctor_patient.is_open': 1 })
    .whereRaw(IS_CURRENT)
    .count('* as n')
    .firstOrFail()
  return Number(row.n)
}

/** All whom a patient may be given to, by name: for a person who chooses one of them. */
export const offerDoctors = readCase({
  name: 'doctors.offer',
  input: vine.create({}),
  find: () => null,
  policy: [DoctorPolicy, 'viewAny'],
  details: (rows: User[]) => ({ uuids: rows.map(({ uuid }) => uuid) }),
  run: ({ client }) =>
    User.query({ client })
      .select('users.id', 'users.uuid', 'users.name', 'users.email')
      .whereRaw(...TREATS)
      .whereNull('users.disabled_at')
      .orderBy('users.name')
      .orderBy('users.uuid')
      .exec(),
})
