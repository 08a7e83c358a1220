import { signByPasskey } from '../../resources/pwa/session/webauthn.js'

const TOKEN = 'XSRF-TOKEN'

/** What each write shows, so that no other site's page can make it. */
export function csrfToken(): string {
  const [, value = ''] = document.cookie.match(new RegExp(`(?:^|; )${TOKEN}=([^;]*)`)) ?? []
  return decodeURIComponent(value)
}

interface Answered {
  data?: { csrf_token?: string; challenge_id?: string; options?: object }
  problem: string | null
}

async function ask(method: 'POST' | 'DELETE', path: string, sent?: object): Promise<Answered> {
  const answer = await fetch(`/api/v1/session${path}`, {
    method,
    headers: {
      'Content-Type': 'application/json',
      'X-CSRF-Token': csrfToken(),
      'Accept-Language': document.documentElement.lang,
    },
    body: sent && JSON.stringify(sent),
  })
  const text = await answer.text()
  const { data, detail, title } = (text ? JSON.parse(text) : {}) as {
    data?: Answered['data']
    detail?: string
    title?: string
  }
  return answer.ok ? { data, problem: null } : { problem: detail ?? title ?? answer.statusText }
}

/** Proves to the API who one is. Answers null, or why not; the session has another token afterwards. */
export async function confirmByCode(code: string): Promise<string | null> {
  return confirmed(await ask('POST', '/confirmation', { code: code.trim() }))
}

/** The same by a passkey. Errors: those of the browser, by their name. */
export async function confirmByPasskey(): Promise<string | null> {
  const { data, problem } = await ask('POST', '/passkey-confirmation-options')
  if (problem) return problem
  const credential = await signByPasskey(data!.options as PublicKeyCredentialRequestOptionsJSON)
  return confirmed(await ask('POST', '/passkey-confirmation', { challenge_id: data!.challenge_id, credential }))
}

/** Ends the session of this browser. Answers null, or why not. */
export async function signOut(): Promise<string | null> {
  const { problem } = await ask('DELETE', '')
  return problem
}

function confirmed({ data, problem }: Answered): string | null {
  if (problem) return problem
  const secure = location.protocol === 'https:' ? '; Secure' : ''
  document.cookie = `${TOKEN}=${data!.csrf_token}; Path=/admin; SameSite=Strict${secure}`
  return null
}
