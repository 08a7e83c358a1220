import type { HttpContext } from '@adonisjs/core/http'
import { offerConfirmation, offerPasskey, offerSignIn } from '#app/passkeys/offer_passkey'
import PasskeyOptionsTransformer from '#app/passkeys/passkey_options_transformer'
import { relyingParty } from '#app/passkeys/passkey_party'
import { PasskeysNeedAName } from '#app/passkeys/passkey_problems'
import { one } from '#app/http/answer'
import { anonymousCaller, callerFrom } from '#app/http/caller_from'

/** What a page needs before it asks a device: to make a passkey, to sign in by one, to confirm by one. */
export default class PasskeyOffersController {
  async creation(ctx: HttpContext) {
    requireNamedAddress(ctx)
    return one(ctx, PasskeyOptionsTransformer.transform(await offerPasskey(callerFrom(ctx), ctx.request.body())))
  }

  async signIn(ctx: HttpContext) {
    requireNamedAddress(ctx)
    return one(ctx, PasskeyOptionsTransformer.transform(await offerSignIn(anonymousCaller(ctx), ctx.request.body())))
  }

  async confirmation(ctx: HttpContext) {
    requireNamedAddress(ctx)
    return one(ctx, PasskeyOptionsTransformer.transform(await offerConfirmation(callerFrom(ctx), ctx.request.body())))
  }
}

/** Every browser says with a POST at which address its page is; a program that says none has no passkey either. */
function requireNamedAddress({ request }: HttpContext) {
  const { origin } = relyingParty()
  const said = request.header('origin')
  if (said && said !== origin) throw new PasskeysNeedAName(origin)
}
