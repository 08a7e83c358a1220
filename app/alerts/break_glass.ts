import Alert from '#app/alerts/alert'
import AlertPolicy from '#app/alerts/alert_policy'
import { AlreadyOpen } from '#app/alerts/alert_problems'
import { emergencyAccessValidator, oneAlertValidator } from '#app/alerts/alert_validator'
import EmergencyAccess from '#app/alerts/emergency_access'
import { findInChart, findOwner } from '#app/charts/find_in_chart'
import { now, toSqlInstant } from '#app/core/clock'
import { newUuid } from '#app/core/ids'
import { readCase } from '#app/core/read_case'
import { useCase, type RunScope, type Scope } from '#app/core/use_case'
import Patient from '#app/patients/patient'
import env from '#start/env'

/** How long an emergency opens a chart, in hours: EMERGENCY_ACCESS_HOURS, else 4. */
const emergencyHours = () => env.get('EMERGENCY_ACCESS_HOURS', 4)

type Owner = Awaited<ReturnType<typeof findOwner>>

/** Two requests of one moment wait for each other at the patient, so that one of them meets the other's access. */
async function findOwnerLocked({ patient_id }: { patient_id: string }, { caller, trx }: Scope) {
  await Patient.query({ client: trx }).select('id').where('uuid', patient_id).forUpdate().firstOrFail()
  return findOwner(patient_id, { caller, client: trx })
}

/**
 * Opens the chart of a patient whom the caller does not treat, for some hours and with a reason, and asks for a review.
 * Errors: AlreadyOpen.
 */
export const breakGlass = useCase({
  name: 'charts.break_glass',
  status: 201,
  input: emergencyAccessValidator,
  find: findOwnerLocked,
  policy: [AlertPolicy, 'breakGlass'],
  async run(scope, { reason }) {
    const { subject, caller, save } = scope
    await refuseOpen(scope)
    const access = new EmergencyAccess().fill({
      uuid: newUuid(),
      patientId: subject.owner.id,
      userId: caller.user.id!,
      reason,
      expiresAt: new Date(now().getTime() + emergencyHours() * 3_600_000),
    })
    access.patientUuid = subject.owner.uuid
    await save(access)
    await askForReview(access, scope)
    return access
  },
})

/** The access is looked for under a lock, since a snapshot older than the wait would not show it: a shared one needs no right to change. */
async function refuseOpen({ subject: { owner }, caller, trx }: RunScope<Owner>) {
  if (owner.belongsTo(caller.user) || owner.isTreatedByCaller) throw new AlreadyOpen()
  const running = await EmergencyAccess.query({ client: trx })
    .select('id')
    .where({ patient_id: owner.id, user_id: caller.user.id! })
    .where('expires_at', '>', toSqlInstant(now()))
    .forShare()
    .first()
  if (running) throw new AlreadyOpen()
}

async function askForReview(access: EmergencyAccess, { trx, note }: RunScope<Owner>) {
  const { uuid: entityUuid, userId, patientId, createdAt, updatedAt } = access
  const alert = new Alert().useTransaction(trx).fill({
    uuid: newUuid(),
    kind: 'emergency_access',
    state: 'open',
    entity: 'emergency_access',
    ...{ entityUuid, userId, patientId, createdAt, updatedAt },
  })
  await alert.save()
  note({ alert: alert.uuid, expires_at: access.expiresAt.toISOString() })
}

/** Opens what an emergency was, for whoever broke the glass and for a reviewer. */
export const openEmergencyAccess = readCase({
  name: 'charts.open_emergency_access',
  input: oneAlertValidator,
  find: ({ id }, { caller, client }) =>
    findInChart(EmergencyAccess.query({ client }).where('uuid', id), { caller, client }),
  policy: [AlertPolicy, 'view'],
  run: ({ subject }) => subject,
})
