import { randomUUID } from 'node:crypto'
import hash from '@adonisjs/core/services/hash'
import db from '@adonisjs/lucid/services/db'
import type { ApiClient, ApiResponse } from '@japa/api-client'
import { makeLink, type LinkPurpose } from '#app/accounts/account_link'
import { moveClock } from '#app/core/clock'
import User from '#app/users/user'
import env from '#start/env'
import { someone } from '#tests/acting'
import { auditOf } from '#tests/functional/core/probe'

export const PASSWORD = 'trois-girafes-sous-la-pluie'
export const OTHER_PASSWORD = 'quatre-hiboux-dans-la-brume'

let kept: Promise<string> | undefined
const hashOfPassword = () => (kept ??= hash.make(PASSWORD))

/** As long as those of `someone`, so that answers have one length. */
export const anAddress = () => `some-${randomUUID()}@example.org`

/** Somebody who can sign in with PASSWORD. */
export async function anAccount(...roles: string[]): Promise<User> {
  const user = await someone(...roles)
  await db
    .from('users')
    .where('id', user.id)
    .update({ password: await hashOfPassword() })
  return user
}

export const rowOf = (user: { id: number }) => db.from('users').where('id', user.id).firstOrFail()
export const userAt = (email: string) => User.findBy('email', email)

/** The mails that wait for this address, the oldest first: of what kind, and about whose account. */
export async function mailsTo(
  recipient: string
): Promise<{ kind: string; user_id: number | null; language: string }[]> {
  const rows = await db.from('mails').where({ recipient, state: 'waiting' }).orderBy('id')
  return rows.map(({ kind, user_id, language }) => ({ kind, user_id: user_id && Number(user_id), language }))
}

export const kindsTo = async (recipient: string) => (await mailsTo(recipient)).map(({ kind }) => kind)

/** The value of a link as it would stand in the mail to this address. */
export async function linkTo(purpose: LinkPurpose, email: string, user: { id: number } | null = null): Promise<string> {
  return db.transaction((trx) => makeLink({ purpose, userId: user?.id ?? null, email, language: 'fr' }, trx))
}

export type Answer = ApiResponse & { requestId: string }

/** Asks the API, as somebody with these headers or as nobody. The answer knows its entries in the audit. */
export async function ask(
  client: ApiClient,
  method: 'get' | 'post' | 'put' | 'patch',
  path: string,
  body: unknown = {},
  headers: Record<string, string> = {}
): Promise<Answer> {
  const requestId = randomUUID()
  const request = client[method](`/api/v1${path}`).header('X-Request-Id', requestId)
  for (const [name, value] of Object.entries(headers)) request.header(name, value)
  if (method !== 'get') request.json(body as never)
  return Object.assign(await request, { requestId })
}

/** Status and code of a refusal. */
export const codeOf = (answer: ApiResponse) => [answer.status(), answer.body().code]

/** Whatever of an answer could tell one account from another; the count of requests goes down whoever asks. */
export function seenIn(answer: Answer, email: string): string {
  const { 'date': _, 'x-request-id': __, 'x-ratelimit-remaining': ___, ...headers } = answer.headers()
  return JSON.stringify([answer.status(), headers, answer.body()]).replaceAll(email, '<address>')
}

/** Which rules of which fields refuse. */
export const fieldsOf = (answer: ApiResponse) =>
  (answer.body().errors ?? []).map(({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`)

/** The only entry that a request has left in the audit. Errors: one that left none, or several. */
export async function entryOf({ requestId }: Answer) {
  const entries = await auditOf(requestId)
  if (entries.length !== 1) throw new Error(`${entries.length} entries in the audit`)
  return entries[0]!
}

/** Whether this address and password begin a session. */
export async function signsIn(client: ApiClient, email: string, password: string): Promise<boolean> {
  return (await ask(client, 'post', '/session', { email, password })).status() === 201
}

/** How many passwords are hashed or compared while `work` runs. */
export async function hashesOf(work: () => Promise<unknown>): Promise<number> {
  const { make, verify } = hash
  let count = 0
  hash.make = (...given: Parameters<typeof make>) => (count++, make.apply(hash, given))
  hash.verify = (...given: Parameters<typeof verify>) => (count++, verify.apply(hash, given))
  try {
    await work()
  } finally {
    Object.assign(hash, { make, verify })
  }
  return count
}

/** Does something while the next password is being hashed, after all that could be refused beforehand. */
export async function duringHash<T>(meanwhile: () => unknown, work: () => Promise<T>): Promise<T> {
  const { make } = hash
  hash.make = async (...given: Parameters<typeof make>) => {
    await meanwhile()
    return make.apply(hash, given)
  }
  try {
    return await work()
  } finally {
    Object.assign(hash, { make })
  }
}

type Registration = 'open' | 'invitation' | 'closed' | undefined

/** Runs a test on an installation that is set up like this. */
export async function withRegistration(mode: Registration, work: () => Promise<void>) {
  const former = env.get('REGISTRATION')
  setRegistration(mode)
  try {
    await work()
  } finally {
    setRegistration(former)
  }
}

function setRegistration(mode: Registration) {
  env.set('REGISTRATION', mode as never)
  // The framework would keep the word "undefined".
  if (mode === undefined) delete process.env.REGISTRATION
}

/** The cookie that this answer sets. */
export function cookieOf(answer: ApiResponse): string {
  const [cookie = ''] = [answer.headers()['set-cookie'] ?? []].flat()
  return /^medinfo_dev=([^;]*)/.exec(cookie)?.[1] ?? ''
}

/** Sets the clock right again; mails that were counted in the future would count for long. */
export async function backToNow() {
  moveClock(0)
  await db.from('rate_limits').delete()
}
