import hash from '@adonisjs/core/services/hash'
import db from '@adonisjs/lucid/services/db'
import type { ApiClient, ApiResponse } from '@japa/api-client'
import { newUuid } from '#app/core/ids'
import type User from '#app/users/user'
import { browserWith, someone } from '#tests/acting'

export const SESSION = '/api/v1/session'
export const PASSWORD = 'trois-girafes-sous-la-pluie'

let hashed: Promise<string> | undefined

/** A new user with these roles who can sign in with PASSWORD. */
export async function somebody(...roles: string[]): Promise<User> {
  const user = await someone(...roles)
  hashed ??= hash.make(PASSWORD)
  await db
    .from('users')
    .where('id', user.id)
    .update({ password: await hashed })
  return user
}

/** An answer to a sign-in, and the cookie's value in it; null where none is set. */
export type SignedIn = ApiResponse & { value: string | null; requestId: string }

export async function signIn(
  client: ApiClient,
  email: string,
  { password = PASSWORD, headers = {} }: { password?: string; headers?: Record<string, string> } = {}
): Promise<SignedIn> {
  const requestId = newUuid()
  const request = client.post(SESSION).json({ email, password }).header('X-Request-Id', requestId)
  for (const [name, value] of Object.entries(headers)) request.header(name, value)
  const answer = await request
  const [, value = null] = /^medinfo_dev=([^;]*)/.exec(cookiesOf(answer)[0] ?? '') ?? []
  return Object.assign(answer, { value, requestId })
}

/** The value of a session of this user who has signed in by password just now. */
export async function valueOf(client: ApiClient, user: User): Promise<string> {
  const { value } = await signIn(client, user.email!)
  return value!
}

export function cookiesOf(answer: ApiResponse): string[] {
  const header = answer.headers()['set-cookie'] as string | string[] | undefined
  return header === undefined ? [] : [header].flat()
}

/** What GET /session answers to a browser with this value: the status, and the code of a refusal. */
export async function standing(client: ApiClient, value: string): Promise<string> {
  const answer = await client.get(SESSION).header('cookie', `medinfo_dev=${value}`)
  return [answer.status(), answer.body().code].filter(Boolean).join(' ')
}

/** A request of a page of ours in the browser with this value. */
export async function asBrowser(
  client: ApiClient,
  value: string,
  method: 'get' | 'post' | 'put' | 'patch' | 'delete',
  path: string,
  headers: Record<string, string> = {}
) {
  const request = client[method](path)
  const requestId = newUuid()
  const all: Record<string, string> = { ...browserWith(value), 'X-Request-Id': requestId, ...headers }
  for (const [name, each] of Object.entries(all)) if (each) request.header(name, each)
  return Object.assign(await request, { requestId })
}

/** How many passwords were compared while `work` ran; `before` is called ahead of each. */
export async function comparedDuring(
  work: () => Promise<unknown>,
  before: () => Promise<unknown> = async () => {}
): Promise<number> {
  let count = 0
  const original = hash.verify.bind(hash)
  hash.verify = async (...args) => {
    count++
    await before()
    return original(...args)
  }
  try {
    await work()
    return count
  } finally {
    delete (hash as Partial<typeof hash>).verify
  }
}
