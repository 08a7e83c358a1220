import type { ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'
import Alert from '#app/alerts/alert'
import AlertPolicy from '#app/alerts/alert_policy'
import { listAlertsValidator, oneAlertValidator } from '#app/alerts/alert_validator'
import { pageOf, type Page } from '#app/core/keyset'
import { readCase } from '#app/core/read_case'
import Patient from '#app/patients/patient'

const NEWEST = { list: 'alerts', column: 'created_at', kind: 'instant', direction: 'desc' } as const

/** With all that a reviewer reads: who, in whose chart, and the reason that was given. */
export function withParties(query: ModelQueryBuilderContract<typeof Alert>) {
  return query
    .select('alerts.*')
    .preload('user', (of) => void of.select('id', 'uuid', 'name'))
    .preload('reviewer', (of) => void of.select('id', 'uuid', 'name'))
    .preload('patient', (of) => void of.select(...Patient.SUMMARY))
    .preload('emergencyAccess')
}

/** What somebody has to look at, the newest first. */
export const listAlerts = readCase({
  name: 'alerts.list',
  input: listAlertsValidator,
  find: () => null,
  policy: [AlertPolicy, 'review'],
  details: ({ rows }: Page<Alert>) => ({ uuids: rows.map(({ uuid }) => uuid) }),
  run({ client }, { state, kind, ...page }) {
    const query = withParties(Alert.query({ client }))
    if (state) void query.where('alerts.state', state)
    if (kind) void query.where('alerts.kind', kind)
    return pageOf(query, 'alerts', NEWEST, page)
  },
})

/** Opens one alert. */
export const openAlert = readCase({
  name: 'alerts.open',
  input: oneAlertValidator,
  find: ({ id }, { client }) => withParties(Alert.query({ client })).where('alerts.uuid', id).firstOrFail(),
  policy: [AlertPolicy, 'review'],
  run: ({ subject }) => subject,
})
