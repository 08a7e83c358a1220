import { signal } from '@preact/signals'
import createClient, { type Middleware } from 'openapi-fetch'
import type { paths } from '#pwa/api/schema'
import { language } from '#pwa/texts/t'
import { confirmPerson } from '#pwa/session/step_up'

/** What a page of ours shows with each write; null while nobody is signed in. */
export const csrfToken = signal<string | null>(null)

let sayOver = () => {}

/** Who is told when the server no longer knows the session that this page had. */
export function onSessionOver(listener: () => void) {
  sayOver = listener
}

const asOwnPage: Middleware = {
  onRequest({ request }) {
    request.headers.set('Accept-Language', language.value)
    if (csrfToken.value && request.method !== 'GET') request.headers.set('X-CSRF-Token', csrfToken.value)
  },
}

const repeatable = new WeakMap<Request, Request>()

/** A dangerous action is confirmed in between, and then done: whoever asked for it waits for one answer. */
const confirmed: Middleware = {
  onRequest({ request }) {
    repeatable.set(request, request.clone())
  },
  async onResponse({ request, response }) {
    const again = repeatable.get(request)
    const code = response.status === 401 || response.status === 403 ? await codeOf(response) : null
    if (code === 'session_over' || code === 'unauthenticated') sayOver()
    if (code !== 'step_up_required' || !again || !(await confirmPerson())) return
    // Confirming gave the session another token.
    again.headers.set('X-CSRF-Token', csrfToken.value ?? '')
    return fetch(again)
  },
}

async function codeOf(response: Response): Promise<string | undefined> {
  const body = (await response
    .clone()
    .json()
    .catch(() => ({}))) as { code?: string }
  return body.code
}

/** The API as this browser's session: by its cookie, in the reader's language. */
export const api = createClient<paths>({ baseUrl: '', credentials: 'same-origin', cache: 'no-store' })
api.use(asOwnPage, confirmed)
