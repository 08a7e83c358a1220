import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { isoCBOR } from '@simplewebauthn/server/helpers'
import { relyingParty, userHandleOf } from '#app/passkeys/passkey_party'

const USER_PRESENT = 0x01
const USER_VERIFIED = 0x04
const HAS_CREDENTIAL = 0x40

/** Where a device, or the browser before it, does other than it should. */
export interface Faults {
  origin?: string
  rpId?: string
  type?: string
  challenge?: string
  /** False for a device that asks nobody for a fingerprint or a number. */
  isVerified?: boolean
  isPresent?: boolean
  userHandle?: string | null
  /** Signs with a key of its own. */
  withOtherKey?: boolean
  /** Attests with a certificate, as the first security keys did, or by the new key itself. */
  attestation?: 'certificate' | 'self'
}

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest()
const base64url = (data: Uint8Array | string) => Buffer.from(data as Uint8Array).toString('base64url')
const newKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' })

/** The least that reads as a certificate of this key (RFC 5280, section 4.1); nobody has signed it. */
function certificateOf(publicKeyInfo: Buffer): Buffer {
  const der = (tag: number, ...parts: Buffer[]) => {
    const content = Buffer.concat(parts)
    const length = content.length < 128 ? [content.length] : [0x82, content.length >> 8, content.length & 0xff]
    return Buffer.concat([Buffer.from([tag, ...length]), content])
  }
  const ecdsaWithSha256 = der(0x30, Buffer.from('06082a8648ce3d040302', 'hex'))
  const name = der(0x30)
  const times = [der(0x17, Buffer.from('250101000000Z')), der(0x17, Buffer.from('450101000000Z'))]
  const version = der(0xa0, der(0x02, Buffer.from([2])))
  const serial = der(0x02, Buffer.from([1]))
  const body = der(0x30, version, serial, ecdsaWithSha256, name, der(0x30, ...times), name, publicKeyInfo)
  return der(0x30, body, ecdsaWithSha256, der(0x03, Buffer.from([0])))
}

/**
 * A security key made of software, with the browser before it: one passkey (ES256), and what goes over the wire, as
 * WebAuthn Level 3 says it (authenticator data in 6.1, credentials in JSON in 5.1).
 */
export class PasskeyDevice {
  readonly id = base64url(randomBytes(32))
  private key = newKey()

  constructor(
    private owner: { uuid: string },
    /** How often it has signed; null for a device that does not count. */
    public counter: number | null = null
  ) {}

  /** The public key in COSE (RFC 9053, section 7.1): kty EC2, alg ES256, crv P-256, x, y. */
  get publicKey(): Buffer {
    const { x, y } = this.key.publicKey.export({ format: 'jwk' }) as { x: string; y: string }
    const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'))
    const cose = new Map<number, number | Uint8Array<ArrayBuffer>>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, bytes(x)],
      [-3, bytes(y)],
    ])
    return Buffer.from(isoCBOR.encode(cose))
  }

  /** The answer to `navigator.credentials.create`. */
  create({ challenge }: { challenge: string }, faults: Faults = {}) {
    const length = Buffer.alloc(2)
    length.writeUInt16BE(Buffer.from(this.id, 'base64url').length)
    const credential = [Buffer.alloc(16), length, Buffer.from(this.id, 'base64url'), this.publicKey]
    const authData = Buffer.concat([this.authenticatorData(HAS_CREDENTIAL, faults), ...credential])
    const clientDataJSON = this.clientData('webauthn.create', challenge, faults)
    const attestation = new Map<string, unknown>([
      ...this.attested(authData, clientDataJSON, faults),
      ['authData', new Uint8Array(authData)],
    ])
    return this.credential({
      clientDataJSON,
      attestationObject: base64url(isoCBOR.encode(attestation as never)),
      transports: ['internal'],
    })
  }

  /** The answer to `navigator.credentials.get`. */
  get({ challenge }: { challenge: string }, faults: Faults = {}) {
    if (this.counter !== null) this.counter++
    const clientDataJSON = this.clientData('webauthn.get', challenge, faults)
    const authenticatorData = this.authenticatorData(0, faults)
    const signed = Buffer.concat([authenticatorData, sha256(Buffer.from(clientDataJSON, 'base64url'))])
    const { privateKey } = faults.withOtherKey ? newKey() : this.key
    return this.credential({
      clientDataJSON,
      authenticatorData: base64url(authenticatorData),
      signature: base64url(sign('sha256', signed, privateKey)),
      userHandle: faults.userHandle === undefined ? base64url(userHandleOf(this.owner)) : faults.userHandle,
    })
  }

  /** Another device that has the same key, as it is now. */
  copy(): PasskeyDevice {
    return Object.assign(new PasskeyDevice(this.owner, this.counter), { id: this.id, key: this.key })
  }

  private attested(authData: Buffer, clientDataJSON: string, { attestation }: Faults): [string, unknown][] {
    if (attestation === 'certificate')
      return Object.entries({ fmt: 'fido-u2f', attStmt: this.certified(authData, clientDataJSON) })
    if (attestation !== 'self') return Object.entries({ fmt: 'none', attStmt: new Map() })
    const signed = Buffer.concat([authData, sha256(Buffer.from(clientDataJSON, 'base64url'))])
    const sig = new Uint8Array(sign('sha256', signed, this.key.privateKey))
    const statement = { alg: -7, sig }
    return Object.entries({ fmt: 'packed', attStmt: new Map<string, unknown>(Object.entries(statement)) })
  }

  /** A statement of format fido-u2f (WebAuthn Level 3, 8.6), with a certificate that names no address. */
  private certified(authData: Buffer, clientDataJSON: string): Map<string, unknown> {
    const { privateKey, publicKey } = newKey()
    const key = this.key.publicKey.export({ format: 'der', type: 'spki' }).subarray(-65)
    const hashes = [authData.subarray(0, 32), sha256(Buffer.from(clientDataJSON, 'base64url'))]
    const signed = Buffer.concat([Buffer.alloc(1), ...hashes, Buffer.from(this.id, 'base64url'), key])
    const certificate = certificateOf(publicKey.export({ format: 'der', type: 'spki' }))
    return new Map<string, unknown>([
      ['sig', new Uint8Array(sign('sha256', signed, privateKey))],
      ['x5c', [new Uint8Array(certificate)]],
    ])
  }

  private credential<T>(response: T) {
    return { id: this.id, rawId: this.id, type: 'public-key', response, clientExtensionResults: {} }
  }

  private clientData(type: string, challenge: string, faults: Faults): string {
    const origin = faults.origin ?? relyingParty().origin
    const said = { type: faults.type ?? type, challenge: faults.challenge ?? challenge, origin, crossOrigin: false }
    return base64url(Buffer.from(JSON.stringify(said)))
  }

  private authenticatorData(more: number, { rpId, isVerified = true, isPresent = true }: Faults): Buffer {
    const flags = more | (isVerified ? USER_VERIFIED : 0) | (isPresent ? USER_PRESENT : 0)
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(this.counter ?? 0)
    return Buffer.concat([sha256(rpId ?? relyingParty().id), Buffer.from([flags]), counter])
  }
}
