import type { HttpContext } from '@adonisjs/core/http'
import { many, one } from '#app/http/answer'
import { callerFrom } from '#app/http/caller_from'
import { expectAgain } from '#app/throttles/failed_requests'
import { queryOf } from '#app/http/sparse'
import { enrolDevice } from '#app/sync/enrol_device'
import DeviceTransformer, { NewDeviceTransformer } from '#app/sync/device_transformer'
import { listOwnDevices } from '#app/sync/find_devices'
import { revokeOwnDevice } from '#app/sync/revoke_device'

export default class DevicesController {
  async index(ctx: HttpContext) {
    const page = await listOwnDevices(callerFrom(ctx), queryOf(ctx))
    return many(ctx, DeviceTransformer.transform(page.rows), page)
  }

  async store(ctx: HttpContext) {
    const made = await enrolDevice(callerFrom(ctx), ctx.request.body())
    expectAgain(made.credential)
    ctx.response.status(enrolDevice.status)
    return one(ctx, NewDeviceTransformer.transform(made))
  }

  async destroy(ctx: HttpContext) {
    const ended = await revokeOwnDevice(callerFrom(ctx), { ...ctx.request.body(), id: ctx.params.id })
    return one(ctx, DeviceTransformer.transform(ended))
  }
}
