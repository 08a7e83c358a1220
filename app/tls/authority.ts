import 'reflect-metadata'
import { KeyObject, randomBytes, webcrypto } from 'node:crypto'
import * as x509 from '@peculiar/x509'
import { now } from '#app/core/clock'
import type { Names } from '#app/tls/machine_names'

/*
 * An authority for one installation, so that a phone in the clinic's network can trust a server that has no public name.
 * It signs one kind of certificate: for this machine's own names and addresses. Lifetimes are what phones take: iOS
 * refuses a server certificate of more than 825 days even below an authority that somebody installed.
 */
const DAY_MS = 86_400_000
const AUTHORITY_DAYS = 3652
const SERVER_DAYS = 397
/* Phones without network have clocks that are behind. */
const BEFORE_MS = DAY_MS

const CURVE = { name: 'ECDSA', namedCurve: 'P-256' }
const SIGNING = { name: 'ECDSA', hash: 'SHA-256' }

/** A private key and its certificate, each as PEM. */
export interface Pair {
  key: string
  cert: string
}

/** Makes an authority that may sign servers and no further authority. `name` tells it apart in a phone's list. */
export async function makeAuthority(name: string): Promise<Pair> {
  const keys = await newKeys()
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: [{ CN: [`MedInfo ${name} ${randomBytes(3).toString('hex')}`] }, { O: ['MedInfo'] }],
    ...lasting(AUTHORITY_DAYS),
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return { key: pemOf(keys), cert: certificate.toString('pem') }
}

/** Signs a new key for these names and addresses; it lasts no longer than the authority itself. */
export async function makeServerCertificate(authority: Pair, { dns, ip }: Names): Promise<Pair> {
  const keys = await newKeys()
  const issuer = new x509.X509Certificate(authority.cert)
  const { notAfter, ...rest } = lasting(SERVER_DAYS)
  const certificate = await x509.X509CertificateGenerator.create({
    subject: [{ CN: ['MedInfo'] }],
    issuer: issuer.subject,
    ...rest,
    notAfter: notAfter < issuer.notAfter ? notAfter : issuer.notAfter,
    publicKey: keys.publicKey,
    signingKey: await signingKeyOf(authority),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([
        ...dns.map((value) => ({ type: 'dns' as const, value })),
        ...ip.map((value) => ({ type: 'ip' as const, value })),
      ]),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
    ],
  })
  return { key: pemOf(keys), cert: certificate.toString('pem') }
}

function newKeys() {
  return webcrypto.subtle.generateKey(CURVE, true, ['sign', 'verify'])
}

function lasting(days: number) {
  const notBefore = new Date(now().getTime() - BEFORE_MS)
  const notAfter = new Date(notBefore.getTime() + days * DAY_MS)
  return { notBefore, notAfter, signingAlgorithm: SIGNING, serialNumber: newSerial() }
}

/** 127 bits, positive and without a leading zero (RFC 5280, section 4.1.2.2). */
function newSerial(): string {
  const bytes = randomBytes(16)
  bytes[0] = (bytes[0]! & 0x7f) | 0x40
  return bytes.toString('hex')
}

function pemOf({ privateKey }: webcrypto.CryptoKeyPair): string {
  return KeyObject.from(privateKey).export({ type: 'pkcs8', format: 'pem' }) as string
}

function signingKeyOf({ key }: Pair) {
  const [pkcs8] = x509.PemConverter.decode(key)
  return webcrypto.subtle.importKey('pkcs8', pkcs8!, CURVE, false, ['sign'])
}
