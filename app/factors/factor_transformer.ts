import { BaseTransformer } from '@adonisjs/core/transformers'
import type { Static } from 'typebox'
import { instant, listOf, nullable, shape, text, uuid, whole } from '#app/http/shapes'
import type { FactorChange, Factors } from '#app/factors/own_factors'
import OwnSessionTransformer, { ownSessionShape } from '#app/sessions/session_transformer'
import type User from '#app/users/user'

export const factorsShape = shape('Factors', {
  /** When the code generator was confirmed. */
  totp_since: nullable(instant()),
  passkeys: whole(),
  recovery_codes_left: whole(),
  recovery_codes_since: nullable(instant()),
})

export const newTotpShape = shape('NewTotp', {
  /** In base32, for whoever types it. */
  secret: text(),
  /** What the picture says. */
  uri: text(),
  qr_svg: text(),
})

export const factorChangeShape = shape('FactorChange', {
  factors: factorsShape,
  /** The session that goes on, with its new CSRF token; all others have ended. */
  session: ownSessionShape,
  /** Where there are new ones; told this once. */
  recovery_codes: nullable(listOf(text())),
})

export const resetFactorsShape = shape('ResetFactors', { user_id: uuid() })

/** Which factors somebody has, as they see it. */
export default class FactorsTransformer extends BaseTransformer<Factors> {
  toObject(): Static<typeof factorsShape> {
    const { totpSince, passkeys, recoveryCodesLeft, recoveryCodesSince } = this.resource
    return {
      totp_since: totpSince?.toISOString() ?? null,
      passkeys,
      recovery_codes_left: recoveryCodesLeft,
      recovery_codes_since: recoveryCodesSince?.toISOString() ?? null,
    }
  }
}

/** A secret for a code generator, shown this once. */
export class NewTotpTransformer extends BaseTransformer<{ secret: string; uri: string; svg: string }> {
  toObject(): Static<typeof newTotpShape> {
    const { secret, uri, svg } = this.resource
    return { secret, uri, qr_svg: svg }
  }
}

/** What a change of the own factors leaves. */
export class FactorChangeTransformer extends BaseTransformer<FactorChange & { csrfToken: string }> {
  toObject() {
    const { own, factors, recoveryCodes, csrfToken } = this.resource
    return {
      factors: FactorsTransformer.transform(factors),
      session: OwnSessionTransformer.transform({ ...own, csrfToken }),
      recovery_codes: recoveryCodes,
    }
  }
}

/** Whose factors were reset. */
export class ResetFactorsTransformer extends BaseTransformer<User> {
  toObject(): Static<typeof resetFactorsShape> {
    return { user_id: this.resource.uuid }
  }
}
