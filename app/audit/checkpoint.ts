import { createPrivateKey, createPublicKey, hash, sign, verify, type KeyObject } from 'node:crypto'

/*
 * A checkpoint is a signed note (c2sp.org/signed-note, c2sp.org/tlog-checkpoint):
 *
 *   medinfo/1f2e3d4c5b6a7988                        origin: which audit
 *   4711                                            size of the tree
 *   CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=    its root
 *   previous 4702                                   size of the checkpoint before, so that one that is missing shows
 *   time 2026-11-23T06:00:00.000Z
 *
 *   — medinfo/1f2e3d4c5b6a7988 Az3grl…              4 bytes of the key's id and 64 of an Ed25519 signature
 *
 * Signed are the lines before the empty one, with the end of each.
 */

const ED25519 = 0x01
/** What stands before the 32 bytes of a seed in PKCS #8 (RFC 8410). */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex')
const SIGNATURE_LINE = /^— (\S+) ([A-Za-z0-9+/]+={0,2})$/
const LARGEST = 1_000_000

export interface Signer {
  name: string
  privateKey: KeyObject
  verifier: Verifier
}

/** A public key with its name; `vkey` is its text form, which an auditor is given. */
export interface Verifier {
  name: string
  keyId: string
  publicKey: KeyObject
  vkey: string
}

export interface Checkpoint {
  origin: string
  size: number
  root: Buffer
  /** Null where another program wrote it. */
  previous: number | null
  time: string | null
  /** What is signed. */
  text: string
  signatures: { name: string; keyId: string; signature: Buffer }[]
}

class CheckpointUnreadable extends Error {
  constructor(reason: string) {
    super(`not a checkpoint: ${reason}`)
    this.name = 'CheckpointUnreadable'
  }
}

/** The public bytes of the key of which `seed` holds the 32 secret ones. */
export function publicBytesOf(seed: Buffer): Buffer {
  return Buffer.from(createPublicKey(privateKeyOf(seed)).export({ format: 'jwk' }).x!, 'base64url')
}

export function signerOf(seed: Buffer, name: string): Signer {
  return { name, privateKey: privateKeyOf(seed), verifier: verifierOf(publicBytesOf(seed), name) }
}

function privateKeyOf(seed: Buffer) {
  return createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, seed]), format: 'der', type: 'pkcs8' })
}

function verifierOf(bytes: Buffer, name: string): Verifier {
  const typed = Buffer.concat([Buffer.from([ED25519]), bytes])
  const keyId = hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), typed]), 'hex').slice(0, 8)
  const publicKey = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: bytes.toString('base64url') },
    format: 'jwk',
  })
  return { name, keyId, publicKey, vkey: `${name}+${keyId}+${typed.toString('base64')}` }
}

/** Reads `name+id+key`. Errors: CheckpointUnreadable when the id is not the key's. */
export function readVkey(vkey: string): Verifier {
  const [, name = '', keyId, key = ''] = /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/.exec(vkey) ?? []
  const typed = Buffer.from(key, 'base64')
  if (typed.length !== 33 || typed[0] !== ED25519) throw new CheckpointUnreadable('no key of Ed25519')
  const verifier = verifierOf(typed.subarray(1), name)
  if (verifier.keyId !== keyId) throw new CheckpointUnreadable('the key is not the one that is named')
  return verifier
}

export function writeCheckpoint(
  { size, root, previous, time }: { size: number; root: Buffer; previous: number; time: Date },
  signer: Signer
): string {
  const lines = [signer.name, size, root.toString('base64'), `previous ${previous}`, `time ${time.toISOString()}`]
  return signNote(`${lines.join('\n')}\n`, signer)
}

/** A signed note of these lines, whose first says what it is: nothing that is signed may be taken for something else. */
export function signNote(text: string, signer: Signer): string {
  const signature = sign(null, Buffer.from(text), signer.privateKey)
  const signed = Buffer.concat([Buffer.from(signer.verifier.keyId, 'hex'), signature]).toString('base64')
  return `${text}\n— ${signer.name} ${signed}\n`
}

/** Errors: CheckpointUnreadable. Whether it is signed by whom is another question: `isSignedBy`. */
export function readCheckpoint(note: string): Checkpoint {
  const end = note.lastIndexOf('\n\n')
  if (end < 0 || !note.endsWith('\n') || note.length > LARGEST) throw new CheckpointUnreadable('no signature')
  const text = note.slice(0, end + 1)
  const [origin = '', size = '', root = '', ...extensions] = text.slice(0, -1).split('\n')
  if (!origin) throw new CheckpointUnreadable('no origin')
  if (!/^(0|[1-9]\d{0,15})$/.test(size)) throw new CheckpointUnreadable('no size')
  const rootBytes = Buffer.from(root, 'base64')
  if (rootBytes.length !== 32 || rootBytes.toString('base64') !== root) throw new CheckpointUnreadable('no root')
  const named = (name: string) => extensions.find((line) => line.startsWith(`${name} `))?.slice(name.length + 1) ?? null
  const previous = named('previous')
  return {
    ...{ origin, size: Number(size), root: rootBytes, text },
    ...{ previous: previous === null ? null : Number(previous), time: named('time') },
    signatures: note
      .slice(end + 2)
      .split('\n')
      .slice(0, -1)
      .map(readSignature),
  }
}

function readSignature(line: string) {
  const [, name, base64] = SIGNATURE_LINE.exec(line) ?? []
  const bytes = Buffer.from(base64 ?? '', 'base64')
  if (!name || bytes.length < 5) throw new CheckpointUnreadable('no signature line')
  return { name, keyId: bytes.toString('hex', 0, 4), signature: bytes.subarray(4) }
}

/** The first signature that says it is this key's decides; those of others count for nothing. */
export function isSignedBy({ text, signatures }: Checkpoint, { name, keyId, publicKey }: Verifier): boolean {
  const own = signatures.find((one) => one.name === name && one.keyId === keyId)
  return own !== undefined && verify(null, Buffer.from(text), publicKey, own.signature)
}
