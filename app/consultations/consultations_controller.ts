import type { HttpContext } from '@adonisjs/core/http'
import ConsultationTransformer from '#app/consultations/consultation_transformer'
import { correctConsultation } from '#app/consultations/correct_consultation'
import { listConsultations, openConsultation } from '#app/consultations/find_consultations'
import { recordConsultation } from '#app/consultations/record_consultation'
import { isKnown, many, one, seenVersion, tag } from '#app/http/answer'
import { callerFrom } from '#app/http/caller_from'
import { once } from '#app/http/once'
import { queryOf } from '#app/http/sparse'

export default class ConsultationsController {
  async index(ctx: HttpContext) {
    const page = await listConsultations(callerFrom(ctx), queryOf(ctx))
    return many(ctx, ConsultationTransformer.transform(page.rows), page)
  }

  async show(ctx: HttpContext) {
    const consultation = await openConsultation(callerFrom(ctx), { ...queryOf(ctx), id: ctx.params.id })
    tag(ctx, consultation)
    if (isKnown(ctx, consultation)) return ctx.response.status(304).send(null)
    return one(ctx, ConsultationTransformer.transform(consultation))
  }

  async store(ctx: HttpContext) {
    const body = ctx.request.body()
    const consultation = await once(
      ctx,
      ['consultations.record', body],
      (caller) => recordConsultation(caller, body),
      (caller, id) => openConsultation(caller, { id })
    )
    tag(ctx, consultation)
    ctx.response.status(201).header('Location', `/api/v1/consultations/${consultation.uuid}`)
    return one(ctx, ConsultationTransformer.transform(consultation))
  }

  async update(ctx: HttpContext) {
    const raw = { ...ctx.request.body(), id: ctx.params.id, version: seenVersion(ctx) }
    const consultation = await correctConsultation(callerFrom(ctx), raw)
    tag(ctx, consultation)
    return one(ctx, ConsultationTransformer.transform(consultation))
  }
}
