import type { HttpContext } from '@adonisjs/core/http'
import { isKnown, many, one, seenVersion, tag } from '#app/http/answer'
import { callerFrom } from '#app/http/caller_from'
import { once } from '#app/http/once'
import { queryOf } from '#app/http/sparse'
import { correctPatient } from '#app/patients/correct_patient'
import { listPatients } from '#app/patients/find_patients'
import { openPatient } from '#app/patients/open_patient'
import PatientTransformer from '#app/patients/patient_transformer'
import { registerPatient } from '#app/patients/register_patient'
import { retirePatient } from '#app/patients/retire_patient'

export default class PatientsController {
  async index(ctx: HttpContext) {
    const page = await listPatients(callerFrom(ctx), queryOf(ctx))
    return many(ctx, PatientTransformer.transform(page.rows), page)
  }

  async show(ctx: HttpContext) {
    const patient = await openPatient(callerFrom(ctx), { ...queryOf(ctx), id: ctx.params.id })
    tag(ctx, patient)
    if (isKnown(ctx, patient)) return ctx.response.status(304).send(null)
    return one(ctx, PatientTransformer.transform(patient))
  }

  async store(ctx: HttpContext) {
    const body = ctx.request.body()
    const patient = await once(
      ctx,
      ['patients.register', body],
      (caller) => registerPatient(caller, body),
      (caller, id) => openPatient(caller, { id })
    )
    tag(ctx, patient)
    ctx.response.status(201).header('Location', `/api/v1/patients/${patient.uuid}`)
    return one(ctx, PatientTransformer.transform(patient))
  }

  async update(ctx: HttpContext) {
    const raw = { ...ctx.request.body(), id: ctx.params.id, version: seenVersion(ctx) }
    const patient = await correctPatient(callerFrom(ctx), raw)
    tag(ctx, patient)
    return one(ctx, PatientTransformer.transform(patient))
  }

  async destroy(ctx: HttpContext) {
    const raw = { ...ctx.request.body(), id: ctx.params.id, version: seenVersion(ctx) }
    const patient = await retirePatient(callerFrom(ctx), raw)
    tag(ctx, patient)
    return one(ctx, PatientTransformer.transform(patient))
  }
}
