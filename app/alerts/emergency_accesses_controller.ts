import type { HttpContext } from '@adonisjs/core/http'
import { breakGlass, openEmergencyAccess } from '#app/alerts/break_glass'
import EmergencyAccessTransformer from '#app/alerts/emergency_access_transformer'
import { one } from '#app/http/answer'
import { once } from '#app/http/once'

export default class EmergencyAccessesController {
  async store(ctx: HttpContext) {
    const raw = { ...ctx.request.body(), patient_id: ctx.params.patient }
    const access = await once(
      ctx,
      ['charts.break_glass', raw],
      (caller) => breakGlass(caller, raw),
      (caller, id) => openEmergencyAccess(caller, { id })
    )
    ctx.response.status(201)
    return one(ctx, EmergencyAccessTransformer.transform(access))
  }
}
