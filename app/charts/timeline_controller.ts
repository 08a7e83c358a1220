import type { HttpContext } from '@adonisjs/core/http'
import { listTimeline } from '#app/charts/timeline'
import TimelineTransformer from '#app/charts/timeline_transformer'
import { many } from '#app/http/answer'
import { callerFrom } from '#app/http/caller_from'
import { queryOf } from '#app/http/sparse'

export default class TimelineController {
  async index(ctx: HttpContext) {
    const page = await listTimeline(callerFrom(ctx), { ...queryOf(ctx), patient: ctx.params.patient })
    return many(ctx, TimelineTransformer.transform(page.rows), page)
  }
}
