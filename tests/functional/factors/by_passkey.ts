import type { ApiClient } from '@japa/api-client'
import { newUuid } from '#app/core/ids'
import { browserWith } from '#tests/acting'
import { someChallenge } from '#tests/functional/factors/some_passkey'
import { type PasskeyDevice, type Faults } from '#tests/passkey_device'

export const SIGN_IN = '/api/v1/session/passkey'
export const ADD = '/api/v1/me/passkeys'
export const CONFIRM = '/api/v1/session/passkey-confirmation'
export const MINUTE = 60_000

export type Browser = Record<string, string>

/** A POST by this browser, or by one in which nobody has signed in. */
export async function send(client: ApiClient, path: string, body: object = {}, browser: Browser = {}) {
  const requestId = newUuid()
  const request = client.post(path).json(body).header('X-Request-Id', requestId)
  for (const [name, value] of Object.entries(browser)) request.header(name, value)
  return Object.assign(await request, { requestId })
}

export type Answer = Awaited<ReturnType<typeof send>>

export const told = (answer: Answer) => [answer.status(), answer.body().code]
export const REFUSED = [422, 'passkey_invalid']

/** The browser with the session that this answer gives it. */
export function browserOf(answer: Answer): Browser {
  const value = /^medinfo_dev=([^;]+);/.exec(String(answer.header('set-cookie')))![1]!
  return browserWith(value)
}

/** Somebody with a passkey, who signs in by it, with or without a fault. */
export async function tryToSignIn(client: ApiClient, device: PasskeyDevice, faults: Faults = {}) {
  const { id, challenge } = await someChallenge('passkey_sign_in', null)
  return send(client, SIGN_IN, { challenge_id: id, credential: device.get({ challenge }, faults) })
}

/** Each is refused alone; without it the same request passes. */
export const FAULTS: Record<string, Faults> = {
  'at a page of another origin': { origin: 'http://localhost.example.org' },
  'at the same host under another port': { origin: 'http://localhost:1' },
  'for another relying party': { rpId: 'example.org' },
  'by a device that did not verify its person': { isVerified: false },
  'by a device that nobody touched': { isPresent: false },
  'of another challenge': { challenge: Buffer.alloc(32).toString('base64url') },
}
