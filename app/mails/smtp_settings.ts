import type { SMTPConfig } from '@adonisjs/mail/types'
import { isLoopback } from '#app/core/loopback'

const SECOND = 1_000

// A server that answers each of some ten steps at the last moment still ends before the lease of a mail does.
const TIMEOUTS = { connectionTimeout: 10 * SECOND, greetingTimeout: 10 * SECOND, socketTimeout: 20 * SECOND }

/** The templates are ours, and yet: no mail takes in a file of this machine, or what stands at an address. */
export const NOTHING_OF_THE_MACHINE = { disableFileAccess: true, disableUrlAccess: true } as const

/**
 * What MAIL_DSN says: `smtp://user:password@host:587` or `smtps://…:465`. Nothing leaves this machine unencrypted, or
 * to a server whose certificate nobody vouches for; on the machine itself an encryption is welcome and not asked for,
 * unless `?tls=required` asks: the other end may be a tunnel.
 * Errors: one that names the setting and not its value, which holds a password.
 */
export function smtpSettings(dsn: string): SMTPConfig & { host: string } {
  const url = readUrl(dsn)
  const secure = url.protocol === 'smtps:'
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const isStrict = !isLoopback(host) || url.searchParams.get('tls') === 'required'
  return {
    ...TIMEOUTS,
    host,
    port: Number(url.port || (secure ? 465 : 587)),
    secure,
    requireTLS: isStrict && !secure,
    tls: { rejectUnauthorized: isStrict, minVersion: 'TLSv1.2' },
    ...(url.username && { auth: { type: 'login', ...credentialsOf(url) } }),
    ...NOTHING_OF_THE_MACHINE,
  }
}

function readUrl(dsn: string): URL {
  const url = URL.canParse(dsn) ? new URL(dsn) : null
  if (url?.hostname && ['smtp:', 'smtps:'].includes(url.protocol)) return url
  throw malformed()
}

function credentialsOf({ username, password }: URL) {
  try {
    return { user: decodeURIComponent(username), pass: decodeURIComponent(password) }
  } catch {
    throw malformed()
  }
}

function malformed() {
  return new Error('MAIL_DSN is not of the form smtp://user:password@host:587 or smtps://user:password@host:465')
}
