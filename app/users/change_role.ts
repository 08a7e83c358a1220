import type { Infer } from '@vinejs/vine/types'
import { useCase, type Scope } from '#app/core/use_case'
import { addGrant, lockGrants, removeGrant } from '#app/users/change_grants'
import { findUser } from '#app/users/find_user'
import { loadAccess } from '#app/users/open_user'
import Role from '#app/users/role'
import UserPolicy from '#app/users/user_policy'
import { roleOfUserValidator } from '#app/users/user_validator'

/** A role that is none is a record that is not there: both are named by the address. */
async function findBoth({ user, role }: Infer<typeof roleOfUserValidator>, { trx }: Scope) {
  await lockGrants(trx)
  const person = await findUser(user, trx)
  const found = await Role.query({ client: trx }).where('name', role).firstOrFail()
  return { user: person, role: found, permission: null, auditIdentity: () => person.auditIdentity() }
}

/** Gives somebody a role, as `grant` does at the machine. Given twice is given once. */
export const giveRole = useCase({
  name: 'roles.give',
  told: { done: 'roles.grant', refused: 'roles.grant' },
  stepUp: true,
  input: roleOfUserValidator,
  find: findBoth,
  policy: [UserPolicy, 'manageRoles'],
  async run({ subject, trx, note }) {
    note({ role: subject.role.name, user: subject.user.uuid, changed: await addGrant(subject, trx) })
    return loadAccess(subject.user)
  },
})

/** Takes a role back from somebody. Errors: LastAdministrator. */
export const takeRole = useCase({
  name: 'roles.take',
  told: { done: 'roles.revoke', refused: 'roles.revoke' },
  stepUp: true,
  input: roleOfUserValidator,
  find: findBoth,
  policy: [UserPolicy, 'manageRoles'],
  async run({ subject, trx, note }) {
    note({ role: subject.role.name, user: subject.user.uuid, changed: await removeGrant(subject, trx) })
    return loadAccess(subject.user)
  },
})
