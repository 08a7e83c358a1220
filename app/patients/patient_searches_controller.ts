import type { HttpContext } from '@adonisjs/core/http'
import { many } from '#app/http/answer'
import { callerFrom } from '#app/http/caller_from'
import { queryOf } from '#app/http/sparse'
import { searchPatients } from '#app/patients/find_patients'
import PatientTransformer from '#app/patients/patient_transformer'

export default class PatientSearchesController {
  async index(ctx: HttpContext) {
    const page = await searchPatients(callerFrom(ctx), queryOf(ctx))
    return many(ctx, PatientTransformer.transform(page.rows).useVariant('forSummary'), page)
  }
}
