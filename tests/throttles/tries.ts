import { NOBODY } from '#app/core/actor'
import type { Caller } from '#app/core/caller'
import { newUuid } from '#app/core/ids'
import { Problem } from '#app/core/problem'
import { createUser } from '#app/users/create_user'
import { signIn } from '#app/sessions/sign_in'
import { callerOf } from '#tests/acting'

export const PASSWORD = 'une phrase que nul ne devine'
export const WRONG = 'une phrase que tout le monde devine'

let addresses = 0

/** An address that no other test has. */
export function anAddress(): string {
  const n = ++addresses
  return `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`
}

export const someEmail = () => `${newUuid()}@example.org`

/** Somebody who signs in with `PASSWORD`. Answers the address of mail. */
export async function somebodyWithPassword(): Promise<string> {
  const email = someEmail()
  await createUser(callerOf(), { name: 'Awa Ndiaye', email, roles: ['reception'], password: PASSWORD })
  return email
}

const from = (ip: string): Caller => ({ ...callerOf(NOBODY), via: 'api', ip })

/** What becomes of a try: the problem's code, or `in`. */
export async function tryToSignIn(email: string, ip: string, password = WRONG): Promise<string> {
  return (await triedToSignIn(email, ip, password)).code
}

export async function triedToSignIn(email: string, ip: string, password = WRONG) {
  const caller = from(ip)
  try {
    await signIn(caller, { email, password })
    return { code: 'in', caller, waitSeconds: 0 }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { code: error.code, caller, waitSeconds: (error.extra.retry_after as number) ?? 0 }
  }
}

export async function times<T>(count: number, work: (index: number) => Promise<T>): Promise<T[]> {
  const results: T[] = []
  for (let index = 0; index < count; index++) results.push(await work(index))
  return results
}
