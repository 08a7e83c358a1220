import { isIP } from 'node:net'
import { errors } from '@adonisjs/core/env'
import proxyAddr from 'proxy-addr'

const NAMED = ['loopback', 'linklocal', 'uniquelocal']

/**
 * Tells whether an address is a proxy whose `X-Forwarded-*` are believed. `setting` lists addresses, networks such as
 * `10.0.0.0/8`, and the names loopback, linklocal and uniquelocal, separated by commas; without it nobody is believed. An
 * IPv4 address counts in its IPv6 form too (`::ffff:127.0.0.1`). Errors: E_INVALID_ENV_VARIABLES, naming what is
 * malformed.
 */
export function trustedProxies(setting?: string): (address: string) => boolean {
  if (!setting?.trim()) return () => false
  const compiled = setting.split(',').map((entry) => compile(entry.trim()))
  return (address) => compiled.some((isOf) => isOf(address, 0))
}

function compile(entry: string) {
  try {
    // The package reads `10` as 0.0.0.10 and `010.0.0.1` as 8.0.0.1: who writes such a thing means another.
    if (!NAMED.includes(entry) && !isIP(entry.split('/')[0]!)) throw new TypeError('neither address nor name')
    return proxyAddr.compile(entry)
  } catch (cause) {
    const help = `- TRUST_PROXY: "${entry}" is no address, no network such as 10.0.0.0/8, and none of ${NAMED.join(', ')}`
    // Not as an option: the class begins its `help` anew.
    throw Object.assign(new errors.E_INVALID_ENV_VARIABLES('Invalid settings', { cause }), { help })
  }
}

/**
 * Where a request comes from, as it is kept: what the proxies stated, or else the other end of the connection. A text that
 * is no address came down the line from somebody unknown; IPv4 is written as IPv4.
 */
export function callerAddress(stated: string, peer: string | undefined): string | undefined {
  const address = isIP(stated) ? stated : peer
  return address?.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '')
}
