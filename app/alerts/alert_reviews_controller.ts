import type { HttpContext } from '@adonisjs/core/http'
import AlertTransformer from '#app/alerts/alert_transformer'
import { openAlert } from '#app/alerts/find_alerts'
import { reviewAlert } from '#app/alerts/review_alert'
import { one } from '#app/http/answer'
import { once } from '#app/http/once'

export default class AlertReviewsController {
  async store(ctx: HttpContext) {
    const raw = { ...ctx.request.body(), id: ctx.params.id }
    const alert = await once(
      ctx,
      ['alerts.review', raw],
      (caller) => reviewAlert(caller, raw),
      (caller, id) => openAlert(caller, { id })
    )
    return one(ctx, AlertTransformer.transform(alert))
  }
}
