import type { HttpContext } from '@adonisjs/core/http'
import { one } from '#app/http/answer'
import { callerFrom } from '#app/http/caller_from'
import { linkOwnChart } from '#app/links/link_own_chart'
import { ChartLinkTransformer } from '#app/links/link_transformer'
import { unlinkAccount } from '#app/links/unlink_account'

export default class ChartLinksController {
  async store(ctx: HttpContext) {
    const linked = await linkOwnChart(callerFrom(ctx), ctx.request.body())
    ctx.response.status(linkOwnChart.status)
    return one(ctx, ChartLinkTransformer.transform(linked))
  }

  async destroy(ctx: HttpContext) {
    const raw = { ...ctx.request.body(), patient_id: ctx.params.patient }
    return one(ctx, ChartLinkTransformer.transform(await unlinkAccount(callerFrom(ctx), raw)))
  }
}
