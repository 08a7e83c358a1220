import { createHash, createHmac, randomBytes } from 'node:crypto'

/** What the cookie holds: 256 random bits. It is in the answer that sets it and nowhere else. */
export function newSessionValue(): string {
  return randomBytes(32).toString('base64url')
}

/** What the store knows of it. */
export function hashOfValue(value: string): string {
  return createHash('sha256').update(value).digest('hex')
}

/** What a page sends with each write beside the cookie. Whoever only has the browser send the cookie cannot know it. */
export function csrfTokenOf(value: string): string {
  return createHmac('sha256', value).update('medinfo csrf').digest('base64url')
}
