import { createPrivateKey, X509Certificate } from 'node:crypto'
import type { Pair } from '#app/tls/authority'
import { CertificateUnusable } from '#app/tls/tls_problems'

/** The pair, once it is known to be one; `files` name its halves for whoever has to mend them. Errors: CertificateUnusable. */
export function openPair(pair: Pair, files: Pair): Pair {
  const certificate = opened(files.cert, () => new X509Certificate(pair.cert))
  const key = opened(files.key, () => createPrivateKey(pair.key))
  if (!certificate.checkPrivateKey(key)) throw new CertificateUnusable(files.key, 'key_of_another')
  return pair
}

function opened<T>(file: string, open: () => T): T {
  try {
    return open()
  } catch (error) {
    throw new CertificateUnusable(file, (error as NodeJS.ErrnoException).code ?? (error as Error).message)
  }
}
