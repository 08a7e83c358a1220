import type { HttpContext } from '@adonisjs/core/http'
import { many, one } from '#app/http/answer'
import { callerFrom } from '#app/http/caller_from'
import { queryOf } from '#app/http/sparse'
import DeviceTransformer from '#app/sync/device_transformer'
import { listDevicesOf } from '#app/sync/find_devices'
import { revokeDeviceOf } from '#app/sync/revoke_device'

export default class UserDevicesController {
  async index(ctx: HttpContext) {
    const page = await listDevicesOf(callerFrom(ctx), { ...queryOf(ctx), user: ctx.params.user })
    return many(ctx, DeviceTransformer.transform(page.rows), page)
  }

  async destroy(ctx: HttpContext) {
    const { user, id } = ctx.params
    const ended = await revokeDeviceOf(callerFrom(ctx), { ...ctx.request.body(), user, id })
    return one(ctx, DeviceTransformer.transform(ended))
  }
}
