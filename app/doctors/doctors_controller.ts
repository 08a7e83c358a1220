import type { HttpContext } from '@adonisjs/core/http'
import DoctorTransformer, { DoctorProfileTransformer } from '#app/doctors/doctor_transformer'
import { listDoctors, openDoctor } from '#app/doctors/find_doctors'
import { many, one } from '#app/http/answer'
import { callerFrom } from '#app/http/caller_from'
import { queryOf } from '#app/http/sparse'

export default class DoctorsController {
  async index(ctx: HttpContext) {
    const page = await listDoctors(callerFrom(ctx), queryOf(ctx))
    return many(ctx, DoctorTransformer.transform(page.rows), page)
  }

  async show(ctx: HttpContext) {
    const doctor = await openDoctor(callerFrom(ctx), { ...queryOf(ctx), id: ctx.params.id })
    return one(ctx, DoctorProfileTransformer.transform(doctor))
  }
}
