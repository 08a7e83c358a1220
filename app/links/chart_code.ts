import { createHmac, randomInt, timingSafeEqual } from 'node:crypto'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { ChartCodeSchema } from '#database/schema'
import { keyring } from '#app/keys/keyring_service'

/** No vowel, so that no word comes out, and nothing that is misread: no 0 O, 1 I L, 2 Z, 5 S, 8 B, U V. */
const SYMBOLS = 'CDFGHJKMNPQRTWXY34679'
const LENGTH = 10

/** So long may a code be used, and so often may somebody be wrong about it. */
export const CODE_LIFE_MS = 24 * 3_600_000
export const CODE_TRIES = 5

/** What the desk gives to a patient who wants to see their own chart. */
export default class ChartCode extends ChartCodeSchema {}

/** 44 random bits, as they are read out and typed. Example: 'K7QCF-3MXPT'. */
export function newCode(): string {
  const symbols = Array.from({ length: LENGTH }, () => SYMBOLS[randomInt(SYMBOLS.length)]!).join('')
  return `${symbols.slice(0, 5)}-${symbols.slice(5)}`
}

/**
 * HMAC-SHA-256 over the patient and the code, under a key of its own, which stays when those of the blind indexes are
 * rotated. Codes are short: a hash without a key would let whoever has a dump try them all.
 */
export async function hashOfCode(patientUuid: string, typed: string, client: QueryClientContract): Promise<string> {
  const { key } = await keyring().root('chart_codes', client)
  const code = typed.toUpperCase().replace(/[^A-Z0-9]/g, '')
  return createHmac('sha256', key).update(`chart_code|${patientUuid}|${code}`).digest('hex')
}

export function isSameHash(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
}
