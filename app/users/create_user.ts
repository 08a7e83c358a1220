import hash from '@adonisjs/core/services/hash'
import { now } from '#app/core/clock'
import { newUuid } from '#app/core/ids'
import { isDuplicate } from '#app/core/insert_rows'
import { useCase } from '#app/core/use_case'
import Role from '#app/users/role'
import User from '#app/users/user'
import UserPolicy from '#app/users/user_policy'
import { EmailTaken, UnknownRole } from '#app/users/user_problems'
import { createUserValidator } from '#app/users/user_validator'

/** Makes a user. Without an e-mail they are known to the charts and can never sign in. */
export const createUser = useCase({
  name: 'users.create',
  status: 201,
  input: createUserValidator,
  find: () => null,
  policy: [UserPolicy, 'create'],
  async run({ trx, note }, input) {
    const email = input.email ?? null
    if (email && (await User.query({ client: trx }).where('email', email).first())) throw new EmailTaken()
    const names = input.roles ?? []
    const roles = names.length ? await Role.query({ client: trx }).whereIn('name', names) : []
    const missing = names.find((name) => !roles.some((role) => role.name === name))
    if (missing) throw new UnknownRole(missing)
    const at = now()
    const user = new User().useTransaction(trx).fill({
      uuid: newUuid(),
      name: input.name,
      email,
      password: input.password ? await hash.make(input.password) : null,
      language: input.language ?? 'fr',
      signInEpoch: 0,
      createdAt: at,
      updatedAt: at,
    })
    try {
      await user.save()
    } catch (error) {
      throw isDuplicate(error, 'email') ? new EmailTaken() : error
    }
    if (roles.length) await user.related('roles').attach(roles.map((role) => role.id))
    user.roleNames = names
    note({ roles: names })
    return user
  },
})
