import { now } from '#app/core/clock'
import { useCase } from '#app/core/use_case'
import { asMe, findMe } from '#app/users/me'
import UserPolicy from '#app/users/user_policy'
import { changeProfileValidator } from '#app/users/user_validator'

/** Changes the own name, and the language of what is written to oneself. */
export const changeProfile = useCase({
  name: 'users.change_profile',
  input: changeProfileValidator,
  find: (_, { caller, trx }) => findMe(caller, trx),
  policy: [UserPolicy, 'viewSelf'],
  async run({ subject: user, caller, trx, note }, input) {
    user.useTransaction(trx).merge(input)
    note({ fields: Object.keys(user.$dirty) })
    if (user.$isDirty) await user.merge({ updatedAt: now() }).save()
    return asMe(user, caller)
  },
})
