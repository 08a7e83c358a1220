import type { HttpContext } from '@adonisjs/core/http'
import { DoctorPatientTransformer } from '#app/doctors/doctor_transformer'
import { listDoctorPatients } from '#app/doctors/find_doctor_patients'
import { many } from '#app/http/answer'
import { callerFrom } from '#app/http/caller_from'
import { queryOf } from '#app/http/sparse'

export default class DoctorPatientsController {
  async index(ctx: HttpContext) {
    const page = await listDoctorPatients(callerFrom(ctx), { ...queryOf(ctx), id: ctx.params.id })
    return many(ctx, DoctorPatientTransformer.transform(page.rows), page)
  }
}
