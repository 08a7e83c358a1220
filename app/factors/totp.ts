import { Secret, TOTP } from 'otpauth'
import { renderSVG } from 'uqr'
import { now } from '#app/core/clock'
import { clinicNow } from '#app/settings/clinic'

/*
 * RFC 6238 as every generator on a telephone does it: HMAC-SHA-1, 6 digits, a step of 30 seconds since 1970. A code of
 * the step before or after is taken too, as clocks differ and people type (section 5.2).
 */
const PERIOD_S = 30
const SECRET_BYTES = 20
const TAKEN = [-1, 0, 1]

/** 160 random bits in base32, as RFC 4226 (section 4, R6) recommends. */
export function newSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32
}

/** Which step's code this is, however it was spaced, above `lastStep`; null when it is none that is taken now. */
export function stepOfCode(base32: string, code: string, lastStep: number | null): number | null {
  const secret = Secret.fromBase32(base32)
  const token = code.replace(' ', '')
  const current = Math.floor(now().getTime() / 1000 / PERIOD_S)
  const isOf = (step: number) =>
    TOTP.validate({ secret, token, period: PERIOD_S, timestamp: step * PERIOD_S * 1000, window: 0 }) !== null
  const steps = TAKEN.map((away) => current + away).filter((step) => lastStep === null || step > lastStep)
  return steps.find(isOf) ?? null
}

/** What a generator reads, as a text and as a picture, in Google Authenticator's key URI format. */
export function shownSecret(base32: string, label: string): { uri: string; svg: string } {
  const issuer = clinicNow().name
  const uri = new TOTP({ issuer, label, secret: base32, period: PERIOD_S }).toString()
  return { uri, svg: renderSVG(uri, { ecc: 'M', border: 4 }) }
}
