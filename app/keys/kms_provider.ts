import type { KMSClient } from '@aws-sdk/client-kms'
import { now } from '#app/core/clock'
import { KeyProviderUnavailable, type KekFacts, type KeyProvider } from '#app/keys/key_provider'

interface KmsSettings {
  /** Id, alias or ARN of the key that wraps. Null where the service is only asked about what it wrapped before. */
  keyId: string | null
  region?: string
  /** An address that is not Amazon's. */
  endpoint?: string
}

/** For one question, with its second and third attempt. It may be asked within a transaction, which others wait for. */
const PATIENCE_MS = 3_000
/** So long it is not asked again once it has kept somebody waiting, lest everybody waits in their turn. */
const REST_MS = 15_000
const SLOW_MS = 1_000
/** It answered, and the answer will not change: the ciphertext was touched, moved, or is another key's. */
const DOES_NOT_FIT = new Set(['InvalidCiphertextException', 'IncorrectKeyException'])
const PREFIX = 'kms:'

/** Key-encryption keys in AWS KMS, or in what speaks its protocol. Keys are named `kms:<ARN>`. */
export class KmsKeyProvider implements KeyProvider {
  readonly name = 'kms'
  private clients = new Map<string, Promise<KMSClient>>()
  private restsUntil = 0

  constructor(private settings: KmsSettings) {}

  /** The setting may be an alias: only the service knows which key that is now. */
  async activeUri() {
    const { kekUri } = await this.wrap(Buffer.alloc(16), 'medinfo/probe')
    return kekUri
  }

  async wrap(plain: Buffer, context: string) {
    const { EncryptCommand } = await import('@aws-sdk/client-kms')
    const { keyId } = this.settings
    if (!keyId) throw new KeyProviderUnavailable({ cause: new Error('KMS_KEY_ID is not set') })
    const command = new EncryptCommand({ KeyId: keyId, Plaintext: plain, EncryptionContext: { medinfo: context } })
    const answer = await this.ask(keyId, (client, options) => client.send(command, options))
    return { kekUri: PREFIX + answer.KeyId!, wrapped: Buffer.from(answer.CiphertextBlob!) }
  }

  async unwrap(wrapped: Buffer, kekUri: string, context: string) {
    const { DecryptCommand } = await import('@aws-sdk/client-kms')
    const KeyId = kekUri.slice(PREFIX.length)
    const command = new DecryptCommand({ KeyId, CiphertextBlob: wrapped, EncryptionContext: { medinfo: context } })
    const { Plaintext } = await this.ask(KeyId, (client, options) => client.send(command, options))
    return Buffer.from(Plaintext!)
  }

  async describe(): Promise<KekFacts[]> {
    return [{ uri: await this.activeUri(), createdAt: null, state: 'active' }]
  }

  /** Keys are made there, by whoever runs the service: what KMS_KEY_ID names by now is the fresh one. */
  renew() {
    return this.activeUri()
  }

  async retireAllBut() {}

  /** A key answers in its own region alone, and its ARN says which that is. */
  private async ask<T>(
    key: string,
    question: (client: KMSClient, options: { abortSignal: AbortSignal }) => Promise<T>
  ): Promise<T> {
    const region = regionOf(key) ?? this.settings.region
    const began = now().getTime()
    if (began < this.restsUntil)
      throw new KeyProviderUnavailable({ cause: new Error('KMS did not answer a moment ago') })
    try {
      const client = this.clients.get(region ?? '') ?? open(region, this.settings.endpoint)
      this.clients.set(region ?? '', client)
      return await question(await client, { abortSignal: AbortSignal.timeout(PATIENCE_MS) })
    } catch (error) {
      if (DOES_NOT_FIT.has((error as Error).name)) throw error
      const ended = now().getTime()
      if (ended - began >= SLOW_MS) this.restsUntil = ended + REST_MS
      throw new KeyProviderUnavailable({ cause: error })
    }
  }
}

async function open(region: string | undefined, endpoint: string | undefined): Promise<KMSClient> {
  const { KMSClient } = await import('@aws-sdk/client-kms')
  return new KMSClient({
    region,
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 1_500, throwOnRequestTimeout: true },
    ...(endpoint && { endpoint }),
  })
}

/** `arn:aws:kms:eu-west-3:123456789012:key/…` → `eu-west-3`. */
function regionOf(key: string): string | undefined {
  return /^arn:[\w-]+:kms:([\w-]+):/.exec(key)?.[1]
}
