import { PatientIsRetired } from '#app/charts/chart_problems'
import { findOwner } from '#app/charts/find_in_chart'
import type { AuditIdentity } from '#app/core/clinical_row'
import { now } from '#app/core/clock'
import { newUuid } from '#app/core/ids'
import { readCase } from '#app/core/read_case'
import { useCase } from '#app/core/use_case'
import ChartCode, { CODE_LIFE_MS, hashOfCode, newCode } from '#app/links/chart_code'
import LinkPolicy from '#app/links/link_policy'
import { ChartHasAccount } from '#app/links/link_problems'
import { chartOfPatientValidator, oneCodeValidator } from '#app/links/link_validator'
import Patient from '#app/patients/patient'

export interface IssuedCode {
  uuid: string
  patientUuid: string
  /** Told once, to whoever asked first: null when the same request comes again. */
  value: string | null
  expiresAt: Date
  auditIdentity(): AuditIdentity
}

/**
 * Makes the code that a patient is given at the desk, where somebody has seen who they are. Their former one ends.
 * Errors: PatientIsRetired, ChartHasAccount.
 */
export const issueChartCode = useCase({
  name: 'links.issue_code',
  status: 201,
  input: chartOfPatientValidator,
  /** Locked: of two desks at the same moment the later one's code counts. */
  find: ({ patient_id: uuid }, { caller, trx }) =>
    Patient.ownerSeenBy(caller.user, trx).where('uuid', uuid).forUpdate().firstOrFail(),
  policy: [LinkPolicy, 'manage'],
  async run({ subject: patient, caller, trx }) {
    if (patient.isRetired || patient.mergedIntoId !== null) throw new PatientIsRetired()
    if (patient.userId !== null) throw new ChartHasAccount()
    const at = now()
    const value = newCode()
    const code = new ChartCode().useTransaction(trx).fill({
      ...{ uuid: newUuid(), patientId: patient.id, issuedBy: caller.user.id, attempts: 0, usedAt: null },
      hash: await hashOfCode(patient.uuid, value, trx),
      expiresAt: new Date(at.getTime() + CODE_LIFE_MS),
      ...{ createdAt: at, updatedAt: at },
    })
    await trx.from('chart_codes').where('patient_id', patient.id).whereNull('used_at').delete()
    await code.save()
    return issued(code, patient.uuid, value)
  },
})

/** The same code when a request is repeated, without its value. */
export const openChartCode = readCase({
  name: 'links.open_code',
  input: oneCodeValidator,
  // By the patient: with an erased one the code is gone, and the answer is that.
  find: ({ patient_id: uuid }, { caller, client }) => findOwner(uuid, { caller, client }),
  policy: [LinkPolicy, 'manage'],
  async run({ subject: { owner }, client }, { id }) {
    const code = await ChartCode.query({ client }).where({ uuid: id, patient_id: owner.id }).firstOrFail()
    return issued(code, owner.uuid, null)
  },
})

function issued({ uuid, expiresAt }: ChartCode, patientUuid: string, value: string | null): IssuedCode {
  const auditIdentity = () => ({ entity: 'chart_code', entityUuid: uuid, patientUuid })
  return { uuid, patientUuid, value, expiresAt, auditIdentity }
}
