import { randomBytes } from 'node:crypto'

/** 24 characters that type on any keyboard, 144 bits. */
export function newPassword(): string {
  return randomBytes(18).toString('base64url')
}
