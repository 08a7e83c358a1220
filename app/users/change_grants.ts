import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Infer } from '@vinejs/vine/types'
import { useCase } from '#app/core/use_case'
import { BadRequest } from '#app/core/problem'
import Permission from '#app/users/permission'
import Role from '#app/users/role'
import type User from '#app/users/user'
import { endSignIns } from '#app/users/end_sign_ins'
import { findUser } from '#app/users/find_user'
import UserPolicy from '#app/users/user_policy'
import { LastAdministrator, UnknownPermission, UnknownRole } from '#app/users/user_problems'
import { grantValidator } from '#app/users/user_validator'

/** One of three pairs: a role to a user, a permission to a role, a permission to a user. */
interface Grant {
  role: Role | null
  user: User | null
  permission: Permission | null
}

async function findGrant(input: Infer<typeof grantValidator>, trx: TransactionClientContract): Promise<Grant> {
  if ([input.role, input.user, input.permission].filter(Boolean).length !== 2) throw new BadRequest('grant_needs_two')
  const role = input.role ? await Role.query({ client: trx }).where('name', input.role).first() : null
  if (input.role && !role) throw new UnknownRole(input.role)
  const permission = input.permission
    ? await Permission.query({ client: trx }).where('name', input.permission).first()
    : null
  if (input.permission && !permission) throw new UnknownPermission(input.permission)
  return { role, permission, user: input.user ? await findUser(input.user, trx) : null }
}

/** The table and the pair of ids that a grant is. */
function pairOf({ role, user, permission }: Grant): [string, Record<string, number>] {
  if (role && user) return ['user_roles', { user_id: user.id, role_id: role.id }]
  if (role && permission) return ['role_permissions', { role_id: role.id, permission_id: permission.id }]
  return ['user_permissions', { user_id: user!.id, permission_id: permission!.id }]
}

function named({ role, user, permission }: Grant) {
  return { role: role?.name, user: user?.uuid, permission: permission?.name }
}

/** Gives a role or a permission; effective on the next request. Given twice is given once. */
export const grant = useCase({
  name: 'roles.grant',
  stepUp: true,
  input: grantValidator,
  async find(input, { trx }) {
    await lockGrants(trx)
    return findGrant(input, trx)
  },
  policy: [UserPolicy, 'manageRoles'],
  async run({ subject, trx, note }) {
    note(named(subject))
    const changed = await addGrant(subject, trx)
    return { changed, auditIdentity: () => (subject.user ?? subject.role)!.auditIdentity() }
  },
})

/** Takes a role or a permission back; the last administrator keeps theirs. */
export const revoke = useCase({
  name: 'roles.revoke',
  stepUp: true,
  input: grantValidator,
  async find(input, { trx }) {
    await lockGrants(trx)
    return findGrant(input, trx)
  },
  policy: [UserPolicy, 'manageRoles'],
  async run({ subject, trx, note }) {
    note(named(subject))
    const changed = await removeGrant(subject, trx)
    return { changed, auditIdentity: () => (subject.user ?? subject.role)!.auditIdentity() }
  },
})

/**
 * Answers whether anything changed. What a person is given or loses ends their sessions; what a role is given acts on the
 * next request of all who have it, and ends nothing.
 */
export async function addGrant(given: Grant, trx: TransactionClientContract): Promise<boolean> {
  const [table, pair] = pairOf(given)
  if (await trx.from(table).where(pair).first()) return false
  await trx.table(table).insert(pair)
  if (given.user) await endSignIns(given.user, trx)
  return true
}

/** The same for what is taken back. Errors: LastAdministrator. */
export async function removeGrant(given: Grant, trx: TransactionClientContract): Promise<boolean> {
  const [table, pair] = pairOf(given)
  const removed = await keepAnAdministrator(trx, () => trx.from(table).where(pair).delete())
  if (Number(removed) === 0) return false
  if (given.user) await endSignIns(given.user, trx)
  return true
}

/**
 * Lets one transaction at a time decide who may what: two administrators who close each other's account at the same
 * moment would leave none. The first statement of its transaction, as MariaDB goes on reading what it has read before.
 */
export async function lockGrants(trx: TransactionClientContract) {
  await trx.from('roles').select('id').orderBy('id').forUpdate()
}

/** Errors: LastAdministrator, when `change` takes the last one away; where there is none it may do as it likes. */
export async function keepAnAdministrator<T>(trx: TransactionClientContract, change: () => Promise<T>): Promise<T> {
  const before = await countAdministrators(trx)
  const result = await change()
  if (before > 0 && (await countAdministrators(trx)) === 0) throw new LastAdministrator()
  return result
}

/** People who can still grant roles: with none left, nobody could ever be let in again but by the operator. */
export async function countAdministrators(trx: TransactionClientContract): Promise<number> {
  const row = await trx
    .from('users as u')
    .whereNull('u.disabled_at')
    .whereRaw(
      `exists (select 1 from permissions p where p.name = 'roles.manage' and (
         p.id in (select rp.permission_id from role_permissions rp join user_roles ur on ur.role_id = rp.role_id where ur.user_id = u.id)
         or p.id in (select up.permission_id from user_permissions up where up.user_id = u.id)))`
    )
    .count('* as n')
    .first()
  return Number(row.n)
}
