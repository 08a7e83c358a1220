import type { ApiClient, ApiResponse } from '@japa/api-client'
import { newUuid } from '#app/core/ids'
import type User from '#app/users/user'
import { browserWith } from '#tests/acting'
import { cookiesOf, signIn } from '#tests/functional/sessions/browser'

export type Answer = ApiResponse & { requestId: string }
type Method = 'get' | 'post' | 'delete'

/** A browser in which somebody has signed in; it takes over each cookie that it is handed. */
export interface Browser {
  value: string
  send(method: Method, path: string, body?: object): Promise<Answer>
  /** The status, and the code of a refusal. */
  told(method: Method, path: string, body?: object): Promise<string>
}

export const API = '/api/v1'
export const SECOND_FACTOR = `${API}/session/second-factor`
export const CONFIRMATION = `${API}/session/confirmation`
export const TOTP = `${API}/me/totp`

/** By password, as somebody of `somebody()`. */
export async function browserOf(client: ApiClient, user: User): Promise<Browser> {
  const { value } = await signIn(client, user.email!)
  return browserHolding(client, value!)
}

export function browserHolding(client: ApiClient, value: string): Browser {
  const browser: Browser = {
    value,
    async send(method, path, body) {
      const requestId = newUuid()
      const request = client[method](path).header('X-Request-Id', requestId)
      for (const [name, each] of Object.entries(browserWith(browser.value))) request.header(name, each)
      if (body) request.json(body as never)
      const answer = await request
      const [, handed] = /^medinfo_dev=([^;]+)/.exec(cookiesOf(answer)[0] ?? '') ?? []
      browser.value = handed ?? browser.value
      return Object.assign(answer, { requestId })
    },
    async told(method, path, body) {
      return toldBy(await browser.send(method, path, body))
    },
  }
  return browser
}

export function toldBy(answer: ApiResponse): string {
  return [answer.status(), answer.body().code].filter(Boolean).join(' ')
}

/** Enrols as a person would: the secret, and the answer to its first code. */
export async function enrol(browser: Browser, code: (secret: string) => string) {
  const begun = await browser.send('post', TOTP, {})
  const { secret } = begun.body().data as { secret: string }
  return { secret, begun, confirmed: await browser.send('post', `${TOTP}/confirmation`, { code: code(secret) }) }
}
