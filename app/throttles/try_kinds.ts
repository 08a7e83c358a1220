import { createHmac } from 'node:crypto'
import type { Bucket } from '#app/throttles/bucket'
import { limitOf } from '#app/throttles/default_limits'
import { networkOf } from '#app/throttles/network_of'
import env from '#start/env'

/** What can be tried again and again until it is guessed. Each kind is counted apart. */
export type TryKind = 'sign_in' | 'passkey' | 'second_factor' | 'confirmation' | 'chart_code' | 'link'

/** Whom a try is for, as it was typed or as a uuid, and from where it comes. */
export interface Trier {
  account: string | null
  ip: string | null
}

export interface Buckets {
  /** Of the account from this address, and of this address. */
  near: Bucket[]
  /** Of the account from anywhere, and of all accounts where it can be guessed. */
  far: Bucket[]
}

const SECOND = 1000
const MINUTE = 60 * SECOND
/* Whoever is asked for these has proven something already, so that nobody far away can use them up. */
const NEXT_OF_ACCOUNT: Record<TryKind, number> = {
  sign_in: 30 * SECOND,
  passkey: 30 * SECOND,
  second_factor: 5 * MINUTE,
  confirmation: 5 * MINUTE,
  chart_code: 5 * MINUTE,
  link: 30 * SECOND,
}

/* 256 bits: only the work is limited, for each address. A limit for everybody would let a few networks keep everybody out. */
const UNGUESSABLE = new Set<TryKind>(['passkey', 'link'])

export function bucketsOfTry(kind: TryKind, { account, ip }: Trier): Buckets {
  const ofAccount = limitOf('SIGN_IN_TRIES_PER_ACCOUNT')
  const near: Bucket[] = []
  const far: Bucket[] = []
  if (!UNGUESSABLE.has(kind) || ip === null)
    far.push({ key: `${kind}:all`, burst: limitOf('SIGN_IN_TRIES_IN_ALL'), everyMs: SECOND })
  if (ip !== null) {
    const burst = limitOf('SIGN_IN_TRIES_PER_ADDRESS')
    near.push({ key: keyOf(kind, 'address', networkOf(ip)), burst, everyMs: 5 * SECOND })
  }
  if (account !== null) {
    near.push({ key: pairKey(kind, { account, ip }), burst: Math.ceil(ofAccount / 2), everyMs: 3 * MINUTE })
    far.push({ key: keyOf(kind, 'account', account), burst: ofAccount, everyMs: NEXT_OF_ACCOUNT[kind] })
  }
  return { near, far }
}

/** What remembers that this account was signed in to from this address; null where one of them is not known. */
export function knownPlaceKey(kind: TryKind, { account, ip }: Trier): string | null {
  return kind === 'sign_in' && account !== null && ip !== null ? `known:${pairKey(kind, { account, ip })}` : null
}

/** Each costs somebody a mail, whatever comes of it. */
export function bucketsOfRequest(kind: 'mail', { account, ip }: Trier): Bucket[] {
  const hourly = limitOf('MAIL_REQUESTS_PER_HOUR')
  // Redis takes no time of nothing.
  const anHour = (key: string, burst: number): Bucket => ({
    key,
    burst,
    everyMs: Math.max(1, Math.round((60 * MINUTE) / burst)),
  })
  return [
    ...(account === null ? [] : [anHour(keyOf(kind, 'account', account), hourly)]),
    ...(ip === null ? [] : [anHour(keyOf(kind, 'address', networkOf(ip)), hourly * 10)]),
    anHour(`${kind}:all`, hourly * 100),
  ]
}

function pairKey(kind: TryKind, { account, ip }: Trier): string {
  return keyOf(kind, 'pair', `${networkOf(ip ?? '')} ${normalised(account!)}`)
}

/* An address of mail is nobody's business in a store of counters; a hash without a key could be tried out. */
function keyOf(kind: string, of: 'account' | 'address' | 'pair', who: string): string {
  const mac = createHmac('sha256', env.get('APP_KEY').release()).update(`tries ${of} ${normalised(who)}`)
  return `${kind}:${of}:${mac.digest('base64url').slice(0, 24)}`
}

const normalised = (text: string) => text.normalize('NFKC').trim().toLowerCase()
