import type { HttpContext } from '@adonisjs/core/http'
import ConsultationTransformer from '#app/consultations/consultation_transformer'
import { listChartConsultations } from '#app/consultations/find_consultations'
import { many } from '#app/http/answer'
import { callerFrom } from '#app/http/caller_from'
import { queryOf } from '#app/http/sparse'

export default class ChartConsultationsController {
  async index(ctx: HttpContext) {
    const page = await listChartConsultations(callerFrom(ctx), { ...queryOf(ctx), patient: ctx.params.patient })
    return many(ctx, ConsultationTransformer.transform(page.rows), page)
  }
}
