interface Thrown {
  code?: string
  command?: string
  responseCode?: number
  message?: string
}

export interface SendingError {
  /** What is kept and logged. The server's own words are not: they quote the address. */
  code: string
  /** Another attempt would end the same way. */
  isFinal: boolean
}

const UNREACHABLE = new Set(['ECONNECTION', 'ETIMEDOUT', 'ESOCKET', 'EDNS', 'ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND'])
// nodemailer calls a certificate that nobody vouches for an ESOCKET too; only OpenSSL's sentence tells.
const UNTRUSTED = /certificate|\bSSL\b|\bTLS\b|altnames/i
const DISK = new Set(['EACCES', 'EPERM', 'ENOSPC', 'EROFS', 'EDQUOT', 'ENOTDIR', 'EEXIST', 'EIO'])

/** Names what went wrong while a mail was sent. */
export function sendingError(error: unknown): SendingError {
  const { code = '', command = '', responseCode = 0, message = '' } = (error ?? {}) as Thrown
  const isPermanent = responseCode >= 500
  if (code === 'EENVELOPE' && command === 'RCPT TO') return { code: 'recipient_refused', isFinal: isPermanent }
  if (code === 'EENVELOPE' && command === 'API') return { code: 'recipient_refused', isFinal: true }
  if (code === 'EENVELOPE') return { code: 'sender_refused', isFinal: false }
  if (code === 'EMESSAGE') return { code: 'message_refused', isFinal: isPermanent }
  if (code === 'ETLS' || (code === 'ESOCKET' && UNTRUSTED.test(message)))
    return { code: 'not_encrypted', isFinal: false }
  return { code: troubleOf(code), isFinal: false }
}

/** What somebody mends at this end or at the server's, while the mail waits. */
function troubleOf(code: string): string {
  if (code === 'EAUTH' || code === 'ENOAUTH') return 'not_signed_in'
  if (UNREACHABLE.has(code)) return 'unreachable'
  return DISK.has(code) ? 'not_written' : 'broken'
}
