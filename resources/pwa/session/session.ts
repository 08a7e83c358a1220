import { computed, signal, type ReadonlySignal } from '@preact/signals'
import type { Person } from '#pwa/device/types'
import { person } from '#pwa/device/vault'
import { api, csrfToken, onSessionOver } from '#pwa/session/api'
import { ask, type Answer } from '#pwa/session/ask'
import { adoptLanguage } from '#pwa/texts/language'
import type { components } from '#pwa/api/schema'

export { api } from '#pwa/session/api'
export { ask, type Answer } from '#pwa/session/ask'

export type Session = components['schemas']['OwnSession']
export type Me = components['schemas']['Me']

/** What is known of the session: asked, gone, waiting for its second factor, complete, or not to be known offline. */
export type SessionStanding = 'asking' | 'signed_out' | 'pending' | 'complete' | 'unreachable'

const held = signal<Session | null>(null)
const account = signal<Me | null>(null)
const asked = signal<'asking' | 'told' | 'unreachable'>('asking')

/** Null for whoever is signed out, and offline, where nobody knows. */
export const session: ReadonlySignal<Session | null> = held

export const sessionStanding = computed<SessionStanding>(() => {
  if (held.value) return held.value.state === 'complete' ? 'complete' : 'pending'
  return asked.value === 'told' ? 'signed_out' : asked.value
})

/** Who works here: by the session, else by the device's open store. */
export const me: ReadonlySignal<Person | null> = computed(() => account.value ?? person.value)

/** The account as the server tells it, with the own chart; null offline. */
export const ownAccount: ReadonlySignal<Me | null> = account

export function can(permission: string): boolean {
  return me.value?.permissions.includes(permission) ?? false
}

/** Takes over the session that an answer brought, and with a complete one the account. */
export async function takeSession(next: Session | null): Promise<void> {
  csrfToken.value = next?.csrf_token ?? null
  if (next?.state === 'complete' && next.user_id !== account.value?.id) {
    const { data } = await ask(api.GET('/api/v1/me'))
    // The line went in between: as if nobody had asked.
    if (!data) return void (asked.value = 'unreachable')
    account.value = data
    void adoptLanguage(data.language)
  }
  if (next?.state !== 'complete') account.value = null
  held.value = next
  asked.value = 'told'
}

export function takeAccount(next: Me) {
  account.value = next
}

/** Asks the server whose session this browser has. */
export async function refreshSession(): Promise<void> {
  const { data, problem } = await ask(api.GET('/api/v1/session'))
  if (data) return takeSession(data)
  if (problem.status === 401) return takeSession(null)
  if (!held.value) asked.value = 'unreachable'
}

export async function signIn(email: string, password: string): Promise<Answer<Session>> {
  const answer = await ask(api.POST('/api/v1/session', { body: { email, password } }))
  if (answer.data) await takeSession(answer.data)
  return answer
}

/** Ends the session on the server; offline the cookie stays with the browser, which the answer tells. */
export async function signOut(): Promise<Answer<Session>> {
  const answer = await ask(api.DELETE('/api/v1/session'))
  if (answer.data || answer.problem.status === 401) await takeSession(null)
  return answer
}

/** Once, at the start: whose session this browser has. A line that comes back is asked again. */
export function startSession() {
  onSessionOver(() => void takeSession(null))
  addEventListener('online', () => void refreshSession())
  void refreshSession()
}
