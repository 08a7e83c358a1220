import { isIP } from 'node:net'
import { isLoopback } from '#app/core/loopback'
import { reachableAt } from '#app/tls/machine_names'
import env, { givenCertificate, isOwnAuthority } from '#start/env'

const doesTls = () => isOwnAuthority() || givenCertificate() !== null

/** Where people reach this installation, without a slash at the end: APP_URL, else where this run listens. */
export function runAddress(): string {
  const told = env.get('APP_URL')
  // Without TLS nobody signs in from elsewhere.
  const host = doesTls() ? reachableAt(env.get('HOST'))[0]! : 'localhost'
  return (told || addressWith(host)).replace(/\/+$/, '')
}

/** The same by a name, which passkeys need: an address is none. */
export function namedRunAddress(): string {
  const host = env.get('HOST')
  const isNamed = doesTls() && !isIP(host) && !isLoopback(host)
  return env.get('APP_URL') || addressWith(isNamed ? host : 'localhost')
}

function addressWith(host: string) {
  return `${doesTls() ? 'https' : 'http'}://${host}:${env.get('PORT')}`
}
