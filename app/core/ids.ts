import { v7, validate, version } from 'uuid'

/** A UUID of version 7 (RFC 9562): made before the insert, ordered by time, never the numeric id. */
export function newUuid(): string {
  return v7()
}

export function isUuid(text: string): boolean {
  return validate(text)
}

export function isUuidV7(text: string): boolean {
  return validate(text) && version(text) === 7
}
