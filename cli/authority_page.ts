import { createHash, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { findText } from '#cli/texts'

export interface AuthorityPage {
  port: number
  /** SHA-256 of the certificate as phones show it. */
  fingerprint: string
  close(): void
}

interface Wanted {
  /** The authority's certificate, as PEM. */
  authority: string
  /** Where MedInfo itself listens. */
  host: string
  port: number
}

/**
 * A page in the clear, since nobody trusts the authority yet, that has nothing but the authority's certificate and says how
 * to install it. On the port after MedInfo's, or any where that one is taken.
 */
export async function serveAuthorityPage({ authority, host, port }: Wanted): Promise<AuthorityPage> {
  const certificate = new X509Certificate(authority)
  const fingerprint = certificate.fingerprint256
  const template = await readFile(new URL('../resources/pages/authority.html', import.meta.url), 'utf8')
  const style = createHash('sha256')
    .update(/<style>([^]*)<\/style>/.exec(template)![1]!)
    .digest('base64')
  const headers = {
    'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${style}'; base-uri 'none'; frame-ancestors 'none'`,
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-store',
    'Connection': 'close',
  }
  const answers: Record<string, (request: IncomingMessage) => { type: string; body: string | Buffer }> = {
    '/': (request) => {
      const values = { fingerprint, app: appAddress(request, port), authority: nameOf(certificate) }
      return { type: 'text/html; charset=utf-8', body: filledIn(template, values) }
    },
    // iOS and Android offer to install what comes under this type, whatever it is called.
    '/ca.crt': () => ({ type: 'application/x-x509-ca-cert', body: certificate.raw }),
  }
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const [path = ''] = (request.url ?? '').split('?')
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    const found = isRead && Object.hasOwn(answers, path) ? answers[path]!(request) : null
    const { type, body } = found ?? { type: 'text/plain', body: '' }
    response.writeHead(found ? 200 : 404, {
      ...headers,
      'Content-Type': type,
      'Content-Length': Buffer.byteLength(body),
    })
    response.end(request.method === 'HEAD' ? undefined : body)
  }
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 10_000 }, answer)
  await listen(server, host, port < 65_535 ? port + 1 : 0)
  return { port: (server.address() as AddressInfo).port, fingerprint, close: () => void server.close() }
}

async function listen(server: ReturnType<typeof createServer>, host: string, port: number): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, host, () => resolve())
    })
  } catch (error) {
    if (port === 0 || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    return listen(server, host, 0)
  }
}

/** At the address to which the phone has come, as that one leads there; what it says of the host is anybody's text. */
function appAddress({ socket }: IncomingMessage, port: number): string {
  const address = (socket.localAddress ?? '').replace(/^::ffff:/, '')
  const host = address === '127.0.0.1' || address === '::1' ? 'localhost' : address
  return `https://${host.includes(':') ? `[${host}]` : host}:${port}/app/`
}

function nameOf({ subject }: X509Certificate): string {
  return /^CN=(.*)$/m.exec(subject)?.[1] ?? 'MedInfo'
}

/** `{{ name }}` is a value; `{{ fr.name }}` and `{{ en.name }}` are texts. */
function filledIn(template: string, values: Record<string, string>): string {
  return template.replaceAll(
    /\{\{ ?(?:(fr|en)\.)?(\w+) ?\}\}/g,
    (_, language: 'fr' | 'en' | undefined, name: string) => {
      const found = language ? findText('cli', `authority_page.${name}`, values, language) : values[name]
      if (found === undefined) throw new Error(`no text ${name}`)
      return found.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
    }
  )
}
