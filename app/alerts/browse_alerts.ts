import vine from '@vinejs/vine'
import type { ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'
import Alert from '#app/alerts/alert'
import AlertPolicy from '#app/alerts/alert_policy'
import { ALERT_KINDS, ALERT_STATES, oneAlertValidator } from '#app/alerts/alert_validator'
import { withParties } from '#app/alerts/find_alerts'
import { typedMrn, whereMrn, whereNamed } from '#app/charts/browsed_rows'
import { browse } from '#app/core/browse'
import { toSqlInstant } from '#app/core/clock'
import { readCase } from '#app/core/read_case'
import { moment } from '#app/core/rules'
import Patient from '#app/patients/patient'

interface Filters {
  created_at_from?: string
  created_at_to?: string
  person?: string
  mrn?: string
  kind?: string
  state?: string
}

/** Alerts as the back office lists them: whatever is open comes first. No reason is read, nor opened, for a list. */
export const browseAlerts = browse({
  name: 'alerts.browse',
  policy: [AlertPolicy, 'review'],
  filters: {
    created_at_from: moment().optional(),
    created_at_to: moment().optional(),
    person: vine.string().trim().maxLength(160).optional(),
    mrn: typedMrn().optional(),
    kind: vine.enum(ALERT_KINDS).optional(),
    state: vine.enum(ALERT_STATES).optional(),
  },
  sorts: { created_at: 'alerts.created_at' },
  direction: 'desc',
  tie: 'alerts.uuid',
  query({ client }, filters) {
    const query = Alert.query({ client })
      .select('alerts.*')
      .preload('user', (of) => void of.select('id', 'uuid', 'name'))
      .preload('patient', (of) => void of.select('id', 'uuid', 'mrn'))
    return narrowed(query, filters).orderBy('alerts.state')
  },
  show: rowOf,
})

/** One of them, with the reason that was given. */
export const openAlertRow = readCase({
  name: 'alerts.open',
  input: oneAlertValidator,
  find: ({ id }, { client }) =>
    withParties(Alert.query({ client }))
      .preload('patient', (of) => void of.select(...Patient.SUMMARY, 'erased_at'))
      .where('alerts.uuid', id)
      .firstOrFail(),
  policy: [AlertPolicy, 'review'],
  // It has to be reviewed all the same: what a patient was called, and the reason, are gone by then.
  outlivesErasure: true,
  run: ({ subject: alert }) => ({
    ...rowOf(alert),
    patient: nameOf(alert.patient),
    given_reason: alert.emergencyAccess?.reason ?? null,
    expires_at: alert.emergencyAccess?.expiresAt.toISOString() ?? null,
    reviewed_by: alert.reviewer?.name ?? null,
    reviewed_at: alert.reviewedAt?.toISOString() ?? null,
    auditIdentity: () => alert.auditIdentity(),
  }),
})

function narrowed(query: ModelQueryBuilderContract<typeof Alert>, filters: Filters) {
  const { created_at_from: from, created_at_to: to, person, mrn, kind, state } = filters
  if (from) void query.where('alerts.created_at', '>=', toSqlInstant(new Date(from)))
  if (to) void query.where('alerts.created_at', '<', toSqlInstant(new Date(to)))
  if (person) whereNamed(query, 'alerts.user_id', person)
  if (mrn) whereMrn(query, 'alerts.patient_id', mrn)
  if (kind) void query.where('alerts.kind', kind)
  if (state) void query.where('alerts.state', state)
  return query
}

const nameOf = (patient: Patient | null) =>
  patient && !patient.isErased ? `${patient.familyName} ${patient.givenName}` : null

function rowOf(alert: Alert) {
  return {
    id: alert.uuid,
    created_at: alert.createdAt.toISOString(),
    kind: alert.kind,
    state: alert.state,
    person: alert.user?.name ?? null,
    user: alert.user?.uuid ?? null,
    mrn: alert.patient?.mrn ?? null,
  }
}
