import { X509Certificate } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { isIP } from 'node:net'
import { join } from 'node:path'
import { now } from '#app/core/clock'
import { found, type Finding } from '#app/setup/finding'
import type { Pair } from '#app/tls/authority'
import { openPair } from '#app/tls/open_pair'
import { CertificateUnusable } from '#app/tls/tls_problems'
import env, { givenCertificate, isOwnAuthority, tlsFolder } from '#start/env'

const WARNED_BEFORE_MS = 30 * 86_400_000
/* Of the owner's group Debian and others make one that may read keys. */
const EVERYBODY = 0o007

/** Whether browsers will take the certificate of this installation, today and in a month. */
export async function examineTls(): Promise<Finding> {
  const files = givenCertificate()
  if (files) return checkCertificate(files, hostOf(env.get('APP_URL')))
  return isOwnAuthority() ? checkOwnAuthority(tlsFolder()) : fine('not_here')
}

/** Of the one that TLS_CERT and TLS_KEY name. `host` is what people type; null where nobody was told. */
export async function checkCertificate(files: Pair, host: string | null): Promise<Finding> {
  const pair = await opened(files)
  if ('code' in pair) return pair
  const certificate = new X509Certificate(pair.cert)
  const [from, until] = [dayOf(certificate.validFromDate), dayOf(certificate.validToDate)]
  const left = certificate.validToDate.getTime() - now().getTime()
  const named = namesIn(certificate)
  if (left <= 0) return found('tls', 'expired', { file: files.cert, until })
  if (certificate.validFromDate > now()) return found('tls', 'not_yet', { file: files.cert, from })
  if (host && !isNamed(certificate, host)) return found('tls', 'other_name', { file: files.cert, host, named })
  const { mode } = await stat(files.key)
  if (mode & EVERYBODY) return found('tls', 'key_open', { file: files.key })
  if (left < WARNED_BEFORE_MS) return found('tls', 'ends_soon', { file: files.cert, until })
  return found('tls', 'ok', { file: files.cert, until, named })
}

/** What is missing there, or at its end, the next start makes; what is spoiled it does not. */
export async function checkOwnAuthority(folder: string): Promise<Finding> {
  for (const name of ['authority.pem', 'server.pem']) {
    const file = join(folder, name)
    const pair = await opened({ cert: file, key: file })
    if ('code' in pair && pair.params!.reason !== 'ENOENT') return pair
  }
  return fine('own', { folder })
}

async function opened(files: Pair): Promise<Pair | Finding> {
  try {
    return openPair({ cert: await textOf(files.cert), key: await textOf(files.key) }, files)
  } catch (error) {
    if (!(error instanceof CertificateUnusable)) throw error
    const { file, reason } = error.extra as { file: string; reason: string }
    if (reason === 'key_of_another') return found('tls', 'key_of_another', { ...files })
    return found('tls', 'unusable', { file, reason })
  }
}

async function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new CertificateUnusable(file, error.code ?? error.message)
  })
}

function isNamed(certificate: X509Certificate, host: string): boolean {
  return Boolean(isIP(host) ? certificate.checkIP(host) : certificate.checkHost(host, { subject: 'never' }))
}

function namesIn({ subjectAltName }: X509Certificate): string {
  return (subjectAltName ?? '').replace(/\b(DNS|IP Address):/g, '') || '–'
}

function hostOf(address: string | undefined): string | null {
  return address ? new URL(address).hostname.replace(/^\[|\]$/g, '') : null
}

const dayOf = (date: Date) => date.toISOString().slice(0, 10)

const fine = (code: string, params?: Finding['params']): Finding => ({ name: 'tls', ok: true, code, params })
