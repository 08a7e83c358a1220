import type { HttpContext } from '@adonisjs/core/http'
import AlertTransformer from '#app/alerts/alert_transformer'
import { listAlerts, openAlert } from '#app/alerts/find_alerts'
import { many, one } from '#app/http/answer'
import { callerFrom } from '#app/http/caller_from'
import { queryOf } from '#app/http/sparse'

export default class AlertsController {
  async index(ctx: HttpContext) {
    const page = await listAlerts(callerFrom(ctx), queryOf(ctx))
    return many(ctx, AlertTransformer.transform(page.rows), page)
  }

  async show(ctx: HttpContext) {
    const alert = await openAlert(callerFrom(ctx), { ...queryOf(ctx), id: ctx.params.id })
    return one(ctx, AlertTransformer.transform(alert))
  }
}
