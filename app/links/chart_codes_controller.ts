import type { HttpContext } from '@adonisjs/core/http'
import { one } from '#app/http/answer'
import { once } from '#app/http/once'
import { issueChartCode, openChartCode } from '#app/links/issue_chart_code'
import { ChartCodeTransformer } from '#app/links/link_transformer'

export default class ChartCodesController {
  async store(ctx: HttpContext) {
    const raw = { ...ctx.request.body(), patient_id: ctx.params.patient }
    const code = await once(
      ctx,
      ['links.issue_code', raw],
      (caller) => issueChartCode(caller, raw),
      (caller, id) => openChartCode(caller, { id, patient_id: ctx.params.patient })
    )
    ctx.response.status(issueChartCode.status)
    return one(ctx, ChartCodeTransformer.transform(code))
  }
}
