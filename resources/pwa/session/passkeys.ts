import type { ProblemBody } from '#app/sync/protocol'
import { t } from '#pwa/texts/t'
import { api, ask, takeSession, type Answer, type Session } from '#pwa/session/session'
import { makePasskey, signByPasskey } from '#pwa/session/webauthn'
import type { components } from '#pwa/api/schema'

export type AddedPasskey = components['schemas']['AddedPasskey']

/** Signs in by a passkey of this device or of a phone nearby. */
export async function signInByPasskey(signal?: AbortSignal, isSuggested = false): Promise<Answer<Session>> {
  const offer = await ask(api.POST('/api/v1/session/passkey-options'))
  if (!offer.data) return offer
  const { challenge_id, options } = offer.data
  return inBrowser(async () => {
    const credential = await signByPasskey(options as never, signal, isSuggested)
    return taken(await ask(api.POST('/api/v1/session/passkey', { body: { challenge_id, credential } as never })))
  })
}

/** Confirms by a passkey who one is: as the second factor, and before something sensitive. */
export async function confirmByPasskey(): Promise<Answer<Session>> {
  const offer = await ask(api.POST('/api/v1/session/passkey-confirmation-options'))
  if (!offer.data) return offer
  const { challenge_id, options } = offer.data
  return inBrowser(async () => {
    const credential = await signByPasskey(options as never)
    const body = { challenge_id, credential } as never
    return taken(await ask(api.POST('/api/v1/session/passkey-confirmation', { body })))
  })
}

/** Adds a passkey. The session that goes on comes with the answer: the caller takes it when the codes have been seen. */
export async function addPasskey(name: string): Promise<Answer<AddedPasskey>> {
  const offer = await ask(api.POST('/api/v1/me/passkeys/options'))
  if (!offer.data) return offer
  const { challenge_id, options } = offer.data
  return inBrowser(async () => {
    const credential = await makePasskey(options as never)
    return ask(api.POST('/api/v1/me/passkeys', { body: { challenge_id, name, credential } as never }))
  })
}

async function taken(answer: Answer<Session>): Promise<Answer<Session>> {
  if (answer.data) await takeSession(answer.data)
  return answer
}

const SAID = new Set(['NotAllowedError', 'InvalidStateError', 'AbortError'])

/** What the browser or the device refuses has no text of the server. */
async function inBrowser<Data>(make: () => Promise<Answer<Data>>): Promise<Answer<Data>> {
  try {
    return await make()
  } catch (error) {
    const { name } = error as Error
    return { problem: refusedByBrowser(SAID.has(name) ? name : 'other') }
  }
}

function refusedByBrowser(name: string): ProblemBody {
  return { type: '', code: `browser.${name}`, status: 0, title: t(`signed_out.passkey.${name}`) }
}
