import type { HttpContext } from '@adonisjs/core/http'
import { one, seenVersion, tag } from '#app/http/answer'
import { callerFrom } from '#app/http/caller_from'
import PatientTransformer from '#app/patients/patient_transformer'
import { restorePatient } from '#app/patients/retire_patient'

export default class PatientRestorationsController {
  async store(ctx: HttpContext) {
    const raw = { ...ctx.request.body(), id: ctx.params.id, version: seenVersion(ctx) }
    const patient = await restorePatient(callerFrom(ctx), raw)
    tag(ctx, patient)
    return one(ctx, PatientTransformer.transform(patient))
  }
}
