import type { HttpContext } from '@adonisjs/core/http'
import { one, seenVersion, tag } from '#app/http/answer'
import { once } from '#app/http/once'
import { stopPrescription } from '#app/prescriptions/amend_prescription'
import { openPrescription } from '#app/prescriptions/find_prescriptions'
import PrescriptionTransformer from '#app/prescriptions/prescription_transformer'

export default class DiscontinuationsController {
  async store(ctx: HttpContext) {
    const { consultation, id } = ctx.params
    const raw = { ...ctx.request.body(), consultation, id, version: seenVersion(ctx) }
    const prescription = await once(
      ctx,
      ['prescriptions.stop', raw],
      (caller) => stopPrescription(caller, raw),
      (caller, uuid) => openPrescription(caller, { consultation, id: uuid })
    )
    tag(ctx, prescription)
    return one(ctx, PrescriptionTransformer.transform(prescription))
  }
}
