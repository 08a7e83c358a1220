import { now, toSqlInstant } from '#app/core/clock'
import { useCase } from '#app/core/use_case'
import AccountPolicy from '#app/accounts/account_policy'
import { closeAccountValidator } from '#app/accounts/account_validator'
import { lockOwnAccount } from '#app/accounts/find_account'
import { hasSignedInCharts } from '#app/accounts/signed_charts'
import { queueMail } from '#app/mails/queue_mail'
import Patient from '#app/patients/patient'
import { sessionStore } from '#app/sessions/sessions'
import { keepAnAdministrator, lockGrants } from '#app/users/change_grants'
import { withGrants } from '#app/users/grants'

/** What lets somebody in, and goes with the account. */
const KEYS = ['totp_secrets', 'recovery_codes', 'passkeys', 'challenges', 'account_links']
const NAMELESS: Record<string, string> = { fr: 'Compte fermé', en: 'Closed account' }

/**
 * Closes the own account for good: nothing opens it any more, and its address is free. The row stays, as the audit names
 * it; the name stays of whoever may have signed a chart, and nobody else's. Errors: LastAdministrator.
 */
export const closeAccount = useCase({
  name: 'accounts.close',
  stepUp: true,
  input: closeAccountValidator,
  async find(_, { caller, trx }) {
    await lockGrants(trx)
    return lockOwnAccount(caller, trx)
  },
  policy: [AccountPolicy, 'own'],
  async run({ subject: user, trx, save }) {
    const { id: userId, email: recipient, language } = user
    if (recipient) await queueMail({ kind: 'account_closed', userId, recipient, language }, trx)
    for (const table of KEYS) await trx.from(table).where('user_id', userId).delete()
    const at = toSqlInstant(now())
    const tokens = trx.from('access_tokens').where('tokenable_id', userId).whereNull('revoked_at')
    await tokens.update({ revoked_at: at, updated_at: at })
    const chart = await Patient.query({ client: trx }).where('user_id', userId).forUpdate().first()
    if (chart) await save(chart.merge({ userId: null }))
    await withGrants(user, trx)
    const isNamed = user.permissionNames.size > 0 || (await hasSignedInCharts(userId, trx))
    await sessionStore().forgetAllOf(userId, trx)
    return keepAnAdministrator(trx, () =>
      user
        .merge({
          ...{ email: null, emailVerifiedAt: null, password: null, disabledAt: now(), updatedAt: now() },
          ...{ name: isNamed ? user.name : NAMELESS[language]!, signInEpoch: user.signInEpoch + 1 },
        })
        .save()
    )
  },
})
