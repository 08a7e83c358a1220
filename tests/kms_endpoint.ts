import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/*
 * Speaks as much of the protocol of AWS KMS (AWS JSON 1.1) as MedInfo asks: Encrypt and Decrypt, the encryption context
 * being bound as additional data. It does not check signatures; that a request has one, it does.
 */
const ACCOUNT = 'arn:aws:kms:eu-west-3:111122223333:key/'

interface Asked {
  KeyId: string
  Plaintext?: string
  CiphertextBlob?: string
  EncryptionContext?: Record<string, string>
}

class Fault extends Error {
  constructor(
    readonly code: string,
    readonly status = 400
  ) {
    super(code)
  }
}

export class KmsEndpoint {
  private server = createServer((request, response) => void this.answer(request, response))
  private keys = new Map<string, Buffer>()
  private aliases = new Map<string, string>()
  /** What it was asked, such as `Decrypt medinfo/master`. */
  readonly asked: string[] = []
  /** Answers instead of it, as long as there are some. */
  readonly faults: ('gone' | 'silent' | Fault)[] = []
  /** Answers so to everything while it is set. */
  state: 'well' | 'gone' | 'silent' = 'well'

  /** The address, for KMS_ENDPOINT. */
  async listen(): Promise<string> {
    this.server.listen(0, '127.0.0.1')
    await once(this.server, 'listening')
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  close() {
    this.server.closeAllConnections()
    this.server.close()
  }

  /** Makes a key, and answers its ARN. */
  addKey(arn = ACCOUNT + randomBytes(8).toString('hex')): string {
    this.keys.set(arn, randomBytes(32))
    return arn
  }

  name(alias: string, arn: string) {
    this.aliases.set(alias, arn)
  }

  fail(code: string, status = 400) {
    this.faults.push(new Fault(code, status))
  }

  private async answer(request: IncomingMessage, response: ServerResponse) {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    try {
      const fault = this.state === 'well' ? this.faults.shift() : this.state
      if (fault === 'gone') return void request.socket.destroy()
      if (fault === 'silent') return
      if (fault) throw fault
      if (!request.headers.authorization?.startsWith('AWS4-HMAC-SHA256 ')) throw new Fault('MissingAuthenticationToken')
      this.send(response, 200, this.perform(String(request.headers['x-amz-target']), JSON.parse(body) as Asked))
    } catch (error) {
      const { code, status } = error instanceof Fault ? error : new Fault('KMSInternalException', 500)
      this.send(response, status, { __type: code, message: code })
    }
  }

  private send(response: ServerResponse, status: number, body: object) {
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body))
  }

  private perform(target: string, asked: Asked): object {
    const verb = target.replace('TrentService.', '')
    const KeyId = this.aliases.get(asked.KeyId) ?? asked.KeyId
    const key = this.keys.get(KeyId)
    if (!key) throw new Fault('NotFoundException')
    const context = Buffer.from(JSON.stringify(Object.entries(asked.EncryptionContext ?? {}).sort()))
    this.asked.push(`${verb} ${asked.EncryptionContext?.medinfo}`)
    if (verb === 'Encrypt') return { KeyId, CiphertextBlob: encrypt(key, KeyId, context, asked.Plaintext!) }
    if (verb === 'Decrypt') return { KeyId, Plaintext: decrypt(key, KeyId, context, asked.CiphertextBlob!) }
    throw new Fault('UnknownOperationException')
  }
}

/** ARN | 0 | nonce 12 | tag 16 | ciphertext, all of it in base64. */
function encrypt(key: Buffer, arn: string, context: Buffer, plain: string): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(context)
  const sealed = Buffer.concat([cipher.update(plain, 'base64'), cipher.final()])
  return Buffer.concat([Buffer.from(`${arn}\0`), nonce, cipher.getAuthTag(), sealed]).toString('base64')
}

function decrypt(key: Buffer, arn: string, context: Buffer, blob: string): string {
  const bytes = Buffer.from(blob, 'base64')
  const at = bytes.indexOf(0) + 1
  if (!at) throw new Fault('InvalidCiphertextException')
  if (bytes.toString('utf8', 0, at - 1) !== arn) throw new Fault('IncorrectKeyException')
  const [nonce, tag] = [bytes.subarray(at, at + 12), bytes.subarray(at + 12, at + 28)]
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 }).setAAD(context).setAuthTag(tag)
    return Buffer.concat([decipher.update(bytes.subarray(at + 28)), decipher.final()]).toString('base64')
  } catch {
    throw new Fault('InvalidCiphertextException')
  }
}
