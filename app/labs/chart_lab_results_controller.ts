import type { HttpContext } from '@adonisjs/core/http'
import { many } from '#app/http/answer'
import { callerFrom } from '#app/http/caller_from'
import { queryOf } from '#app/http/sparse'
import { listChartLabResults } from '#app/labs/find_lab_results'
import LabResultTransformer from '#app/labs/lab_result_transformer'

export default class ChartLabResultsController {
  async index(ctx: HttpContext) {
    const page = await listChartLabResults(callerFrom(ctx), { ...queryOf(ctx), patient: ctx.params.patient })
    return many(ctx, LabResultTransformer.transform(page.rows), page)
  }
}
