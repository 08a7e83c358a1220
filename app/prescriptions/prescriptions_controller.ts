import type { HttpContext } from '@adonisjs/core/http'
import { isKnown, many, one, seenVersion, tag } from '#app/http/answer'
import { callerFrom } from '#app/http/caller_from'
import { once } from '#app/http/once'
import { queryOf } from '#app/http/sparse'
import { amendPrescription } from '#app/prescriptions/amend_prescription'
import { listPrescriptions, openPrescription } from '#app/prescriptions/find_prescriptions'
import { prescribe } from '#app/prescriptions/prescribe'
import PrescriptionTransformer from '#app/prescriptions/prescription_transformer'

export default class PrescriptionsController {
  async index(ctx: HttpContext) {
    const { consultation } = ctx.params
    const page = await listPrescriptions(callerFrom(ctx), { ...queryOf(ctx), consultation })
    return many(ctx, PrescriptionTransformer.transform(page.rows), page)
  }

  async show(ctx: HttpContext) {
    const { consultation, id } = ctx.params
    const prescription = await openPrescription(callerFrom(ctx), { ...queryOf(ctx), consultation, id })
    tag(ctx, prescription)
    if (isKnown(ctx, prescription)) return ctx.response.status(304).send(null)
    return one(ctx, PrescriptionTransformer.transform(prescription))
  }

  async store(ctx: HttpContext) {
    const { consultation } = ctx.params
    const raw = { ...ctx.request.body(), consultation }
    const prescription = await once(
      ctx,
      ['prescriptions.prescribe', raw],
      (caller) => prescribe(caller, raw),
      (caller, id) => openPrescription(caller, { consultation, id })
    )
    tag(ctx, prescription)
    const path = `/api/v1/consultations/${prescription.consultationUuid}/prescriptions/${prescription.uuid}`
    ctx.response.status(201).header('Location', path)
    return one(ctx, PrescriptionTransformer.transform(prescription))
  }

  async update(ctx: HttpContext) {
    const { consultation, id } = ctx.params
    const raw = { ...ctx.request.body(), consultation, id, version: seenVersion(ctx) }
    const prescription = await amendPrescription(callerFrom(ctx), raw)
    tag(ctx, prescription)
    return one(ctx, PrescriptionTransformer.transform(prescription))
  }
}
