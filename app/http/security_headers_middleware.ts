import { randomBytes } from 'node:crypto'
import { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { isOwnAuthority } from '#start/env'

declare module '@adonisjs/core/http' {
  interface HttpContext {
    /**
     * What a `<script>` or `<style>` inside this one answer carries as its `nonce`, so that the browser takes it: base64
     * of 128 random bits. Asking for it puts it into the answer's policy, and keeps the answer out of every cache.
     */
    readonly cspNonce: string
  }
}

/* One policy for all answers. `data:` is for the pictures inside Swagger UI's style sheet. */
const policy = (nonce = '', styles = nonce) =>
  [
    "default-src 'none'",
    `script-src 'self'${nonce}`,
    `style-src 'self'${styles}`,
    "font-src 'self'",
    "connect-src 'self'",
    "img-src 'self' data:",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')

/* Of a machine's parts a page may use none; passkeys are for our own pages. */
const PERMISSIONS = [
  ...['accelerometer', 'camera', 'display-capture', 'geolocation', 'gyroscope', 'magnetometer', 'microphone', 'midi'],
  ...['payment', 'serial', 'usb'],
]
  .map((name) => `${name}=()`)
  .concat(['publickey-credentials-create=(self)', 'publickey-credentials-get=(self)'])
  .join(', ')

/** What every answer carries. `deploy/nginx/medinfo.conf` has the same for what nginx answers by itself. */
export const SECURITY_HEADERS: Record<string, string> = {
  'Content-Security-Policy': policy(),
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy': PERMISSIONS,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
}

/* Two years. Not for subdomains: a printer or a camera of the house may have its name below the clinic's, without TLS. */
export const STRICT_TRANSPORT = 'max-age=63072000'

const headers = Object.entries(SECURITY_HEADERS)

/** The policy of one page whose styles are made while it runs, with the nonce of its scripts. */
export function pagePolicy({ styles }: { styles: "'unsafe-inline'" }) {
  const nonce = randomBytes(16).toString('base64')
  return { nonce, policy: policy(` 'nonce-${nonce}'`, ` ${styles}`) }
}

HttpContext.getter(
  'cspNonce',
  function (this: HttpContext) {
    const nonce = randomBytes(16).toString('base64')
    this.response.header('Content-Security-Policy', policy(` 'nonce-${nonce}'`)).header('Cache-Control', 'no-store')
    return nonce
  },
  true
)

export default class SecurityHeadersMiddleware {
  handle({ request, response }: HttpContext, next: NextFn) {
    for (const [name, value] of headers) response.header(name, value)
    if (isToStaySecure(request)) response.header('Strict-Transport-Security', STRICT_TRANSPORT)
    if (request.url().startsWith('/api/')) response.header('Cache-Control', 'no-store')
    return next()
  }
}

/**
 * On a line in the clear anybody could have written it (RFC 6797, section 7.2). An authority of our own is trusted by whoever
 * wishes, for as long as they wish, and its page answers in the clear under the same name; `localhost` belongs to every
 * program on the machine. A browser that was told to would reach neither for two years.
 */
function isToStaySecure(request: HttpContext['request']): boolean {
  return request.secure() && !isOwnAuthority() && request.hostname() !== 'localhost'
}
