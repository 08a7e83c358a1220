import Alert from '#app/alerts/alert'
import { isLate, type ChartOwner } from '#app/charts/chart_access'
import type { ClinicalRow } from '#app/core/clinical_row'
import { now } from '#app/core/clock'
import { newUuid } from '#app/core/ids'
import type { RunScope } from '#app/core/use_case'

/**
 * Asks for a review of what somebody's device brought after they had ceased to treat the patient: it may have been written
 * before, and nobody but a person can tell.
 */
export async function askForLateReview(
  { caller, trx, note }: Pick<RunScope<unknown>, 'caller' | 'trx' | 'note'>,
  owner: ChartOwner & { id: number },
  row: ClinicalRow
) {
  if (!isLate(owner)) return
  const { entity, entityUuid } = row.auditIdentity()
  const [at, userId] = [now(), caller.user.id]
  const about = { entity, entityUuid, userId, patientId: owner.id, createdAt: at, updatedAt: at }
  const alert = new Alert().useTransaction(trx).fill({ uuid: newUuid(), kind: 'late_entry', state: 'open', ...about })
  await alert.save()
  row.$extras.is_late = true
  note({ late: true, alert: alert.uuid })
}
