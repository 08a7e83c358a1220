import type { HttpContext } from '@adonisjs/core/http'
import { one } from '#app/http/answer'
import { callerFrom } from '#app/http/caller_from'
import { queryOf } from '#app/http/sparse'
import { changeSettings, openSettings } from '#app/settings/change_settings'
import SettingsTransformer from '#app/settings/settings_transformer'

export default class SettingsController {
  async show(ctx: HttpContext) {
    return one(ctx, SettingsTransformer.transform(await openSettings(callerFrom(ctx), queryOf(ctx))))
  }

  async update(ctx: HttpContext) {
    return one(ctx, SettingsTransformer.transform(await changeSettings(callerFrom(ctx), ctx.request.body())))
  }
}
