import { readFile } from 'node:fs/promises'
import type { Pair } from '#app/tls/authority'
import { namesOf } from '#app/tls/machine_names'
import { openPair } from '#app/tls/open_pair'
import { ensureOwnCertificate, type OwnCertificate } from '#app/tls/own_certificate'
import { CertificateUnusable } from '#app/tls/tls_problems'
import env, { givenCertificate, isOwnAuthority, tlsFolder } from '#start/env'

/** The certificate of this run: the one that TLS_CERT and TLS_KEY name, or one below our own authority. */
export interface RunTls {
  pair: Pair
  /** Null for a given one. */
  own: OwnCertificate | null
}

/** Null where a proxy does TLS, or nobody. Errors: CertificateUnusable. */
export async function tlsOfRun(): Promise<RunTls | null> {
  const files = givenCertificate()
  if (files) return { pair: openPair({ cert: await read(files.cert), key: await read(files.key) }, files), own: null }
  if (!isOwnAuthority()) return null
  const own = await ensureOwnCertificate(tlsFolder(), namesOf([env.get('HOST'), ...hostOfApp()]))
  return { pair: own, own }
}

async function read(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new CertificateUnusable(file, error.code ?? error.message)
  })
}

function hostOfApp(): string[] {
  const address = env.get('APP_URL')
  return address ? [new URL(address).hostname.replace(/^\[|\]$/g, '')] : []
}
