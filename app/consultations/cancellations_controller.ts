import type { HttpContext } from '@adonisjs/core/http'
import ConsultationTransformer from '#app/consultations/consultation_transformer'
import { cancelConsultation } from '#app/consultations/correct_consultation'
import { openConsultation } from '#app/consultations/find_consultations'
import { one, seenVersion, tag } from '#app/http/answer'
import { once } from '#app/http/once'

export default class CancellationsController {
  async store(ctx: HttpContext) {
    const raw = { ...ctx.request.body(), id: ctx.params.id, version: seenVersion(ctx) }
    const consultation = await once(
      ctx,
      ['consultations.cancel', raw],
      (caller) => cancelConsultation(caller, raw),
      (caller, id) => openConsultation(caller, { id })
    )
    tag(ctx, consultation)
    return one(ctx, ConsultationTransformer.transform(consultation))
  }
}
