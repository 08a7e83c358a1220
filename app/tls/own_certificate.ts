import { randomUUID, X509Certificate } from 'node:crypto'
import { chmod, link, open, readFile, rename, rm } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { now } from '#app/core/clock'
import { makeFolder } from '#app/setup/data_folder'
import type { Pair } from '#app/tls/authority'
import type { Names } from '#app/tls/machine_names'
import { openPair } from '#app/tls/open_pair'

const RENEWED_BEFORE_MS = 30 * 86_400_000
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/
const PRIVATE_KEY = /-----BEGIN PRIVATE KEY-----[^-]+-----END PRIVATE KEY-----/

export interface OwnCertificate extends Pair {
  /** The authority's certificate, as PEM. */
  authority: string
  /** Where a copy of it lies that may be handed on. */
  file: string
  done: 'made' | 'renewed' | 'kept'
}

/**
 * The server's certificate in `folder`, below an authority that is made once. A new one is signed where this one has less
 * than 30 days left or does not name all of `names`. An authority at its end is replaced, and phones have to trust anew.
 * Key and certificate are one file each, so that a machine that stops between two writes leaves no odd pair.
 * Errors: CertificateUnusable.
 */
export async function ensureOwnCertificate(folder: string, names: Names): Promise<OwnCertificate> {
  await makeFolder(folder)
  // A folder that came from a backup, or from another account, may be open to others.
  await chmod(folder, 0o700)
  const [authorityFile, serverFile, file] = ['authority.pem', 'server.pem', 'ca.crt'].map((name) => join(folder, name))
  const authority = await ensureAuthority(authorityFile!)
  const issuer = new X509Certificate(authority.cert)
  if ((await textOf(file!)) !== authority.cert) await replace(file!, authority.cert, 0o644)
  const kept = await pairIn(serverFile!)
  if (kept && isGood(kept, issuer, names)) return { ...kept, authority: authority.cert, file: file!, done: 'kept' }
  const { makeServerCertificate } = await import('#app/tls/authority')
  const made = await makeServerCertificate(authority, names)
  await replace(serverFile!, made.key + made.cert, 0o600)
  return { ...made, authority: authority.cert, file: file!, done: kept ? 'renewed' : 'made' }
}

async function ensureAuthority(file: string): Promise<Pair> {
  const kept = await pairIn(file)
  if (kept && hasTime(new X509Certificate(kept.cert))) return kept
  const { makeAuthority } = await import('#app/tls/authority')
  const made = await makeAuthority(hostname())
  if (kept) await replace(file, made.key + made.cert, 0o600)
  // Of two that start at once, the second takes what the first has made: phones trust one authority.
  else if (!(await create(file, made.key + made.cert))) return (await pairIn(file))!
  return made
}

function isGood({ cert }: Pair, issuer: X509Certificate, { dns, ip }: Names): boolean {
  const certificate = new X509Certificate(cert)
  return (
    certificate.verify(issuer.publicKey) &&
    hasTime(certificate) &&
    dns.every((name) => certificate.checkHost(name, { subject: 'never' })) &&
    ip.every((address) => certificate.checkIP(address))
  )
}

function hasTime({ validToDate }: X509Certificate) {
  return validToDate.getTime() - now().getTime() > RENEWED_BEFORE_MS
}

/** Null where there is no file. Errors: CertificateUnusable, as a file that was spoiled may be in a backup still. */
async function pairIn(file: string): Promise<Pair | null> {
  const text = await textOf(file)
  if (text === null) return null
  await chmod(file, 0o600)
  return openPair(
    { cert: CERTIFICATE.exec(text)?.[0] ?? '', key: PRIVATE_KEY.exec(text)?.[0] ?? '' },
    { cert: file, key: file }
  )
}

async function textOf(file: string): Promise<string | null> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
}

async function replace(file: string, text: string, mode: number) {
  await rename(await written(file, text, mode), file)
}

/** Answers whether there was no such file yet. */
async function create(file: string, text: string): Promise<boolean> {
  const beside = await written(file, text, 0o600)
  try {
    await link(beside, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    await rm(beside)
  }
}

async function written(file: string, text: string, mode: number): Promise<string> {
  const beside = `${file}.${randomUUID()}`
  const handle = await open(beside, 'wx', mode)
  await handle.writeFile(text)
  await handle.sync()
  await handle.close()
  return beside
}
