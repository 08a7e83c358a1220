import { useCase } from '#app/core/use_case'
import { hashOfChosen } from '#app/accounts/password_strength'
import { makeUser } from '#app/users/make_user'
import UserPolicy from '#app/users/user_policy'
import { createUserValidator } from '#app/users/user_validator'

/** Makes a user. Without an e-mail they are known to the charts and can never sign in. */
export const createUser = useCase({
  name: 'users.create',
  status: 201,
  input: createUserValidator,
  prepare: async ({ name, email = null, password }) => (password ? hashOfChosen(password, { name, email }) : null),
  find: () => null,
  policy: [UserPolicy, 'create'],
  async run({ trx, note, prepared: passwordHash }, { password: _, ...input }) {
    const user = await makeUser({ ...input, passwordHash }, trx)
    note({ roles: user.roleNames })
    return user
  },
})
