import type { HttpContext } from '@adonisjs/core/http'
import { many } from '#app/http/answer'
import { callerFrom } from '#app/http/caller_from'
import { queryOf } from '#app/http/sparse'
import { listChartPrescriptions } from '#app/prescriptions/find_prescriptions'
import PrescriptionTransformer from '#app/prescriptions/prescription_transformer'

export default class ChartPrescriptionsController {
  async index(ctx: HttpContext) {
    const page = await listChartPrescriptions(callerFrom(ctx), { ...queryOf(ctx), patient: ctx.params.patient })
    return many(ctx, PrescriptionTransformer.transform(page.rows), page)
  }
}
