import Alert from '#app/alerts/alert'
import AlertPolicy from '#app/alerts/alert_policy'
import { AlreadyReviewed, OwnAlert } from '#app/alerts/alert_problems'
import { oneAlertValidator } from '#app/alerts/alert_validator'
import { withParties } from '#app/alerts/find_alerts'
import { now } from '#app/core/clock'
import { useCase } from '#app/core/use_case'

/** Says that somebody has looked at it. Errors: AlreadyReviewed, OwnAlert. */
export const reviewAlert = useCase({
  name: 'alerts.review',
  input: oneAlertValidator,
  find: ({ id }, { trx }) =>
    withParties(Alert.query({ client: trx }))
      .where('alerts.uuid', id)
      .forUpdate()
      .firstOrFail(),
  policy: [AlertPolicy, 'review'],
  async run({ subject: alert, caller, trx }) {
    if (alert.isReviewed) throw new AlreadyReviewed()
    if (alert.userId !== null && alert.userId === caller.user.id) throw new OwnAlert()
    const at = now()
    const reviewed = { state: 'reviewed', reviewedAt: at, reviewedBy: caller.user.id, updatedAt: at }
    await alert.useTransaction(trx).merge(reviewed).save()
    if (caller.user.id !== null) await alert.load('reviewer', (of) => void of.select('id', 'uuid', 'name'))
    return alert
  },
})
