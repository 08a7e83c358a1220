import type { HttpContext } from '@adonisjs/core/http'
import { one, seenVersion, tag } from '#app/http/answer'
import { once } from '#app/http/once'
import { openPatient } from '#app/patients/open_patient'
import PatientTransformer from '#app/patients/patient_transformer'
import { restorePatient } from '#app/patients/retire_patient'

export default class PatientRestorationsController {
  async store(ctx: HttpContext) {
    const raw = { ...ctx.request.body(), id: ctx.params.id, version: seenVersion(ctx) }
    const patient = await once(
      ctx,
      ['patients.restore', raw],
      (caller) => restorePatient(caller, raw),
      (caller, id) => openPatient(caller, { id })
    )
    tag(ctx, patient)
    return one(ctx, PatientTransformer.transform(patient))
  }
}
