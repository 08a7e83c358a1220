import { useCase } from '#app/core/use_case'
import { linkOf } from '#app/links/link_own_chart'
import LinkPolicy from '#app/links/link_policy'
import { NoAccountLinked } from '#app/links/link_problems'
import { chartOfPatientValidator } from '#app/links/link_validator'
import Patient from '#app/patients/patient'

/** Closes a chart to the account that opened it as its own, from the next request on. Errors: NoAccountLinked. */
export const unlinkAccount = useCase({
  name: 'links.unlink_account',
  stepUp: true,
  input: chartOfPatientValidator,
  find: ({ patient_id: uuid }, { caller, trx }) =>
    Patient.seenBy(caller.user, trx).where('uuid', uuid).forUpdate().firstOrFail(),
  policy: [LinkPolicy, 'manage'],
  async run({ subject: patient, trx, save, note }) {
    if (patient.userId === null) throw new NoAccountLinked()
    const { uuid } = await trx.from('users').select('uuid').where('id', patient.userId).firstOrFail()
    note({ user: uuid })
    await save(patient.merge({ userId: null }))
    return linkOf(patient, null)
  },
})
