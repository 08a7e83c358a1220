import { createSecretKey } from 'node:crypto'
import { open, seal } from '#app/keys/aead'
import { KeyProviderUnavailable, type KekFacts, type KeyProvider } from '#app/keys/key_provider'
import {
  changeKeyring,
  createKeyring,
  newKey,
  readKeyring,
  type KeptKey,
  type KeyringContent,
} from '#app/keys/keyring_file'

/**
 * Key-encryption keys in a file that only its owner reads (mode 0600). Made once, by `medinfo up` or `medinfo migrate`.
 * The file is read each time, which is seldom: every process follows a rotation at once.
 */
export class LocalKeyProvider implements KeyProvider {
  readonly name = 'local'

  constructor(private file: string) {}

  async activeUri() {
    const { active } = await this.read()
    return `local:${active}`
  }

  async wrap(plain: Buffer, context: string) {
    const { active, keys } = await this.read()
    return { kekUri: `local:${active}`, wrapped: seal(keyOf(keys, active), plain, Buffer.from(context)) }
  }

  async unwrap(wrapped: Buffer, kekUri: string, context: string) {
    const { keys } = await this.read()
    return open(keyOf(keys, kekUri.replace(/^local:/, '')), wrapped, Buffer.from(context))
  }

  async describe() {
    const { active, keys } = await this.read()
    return keys.map((key): KekFacts => {
      const state = key.id === active ? 'active' : key.retired_at ? 'retired' : 'decrypt'
      return { uri: `local:${key.id}`, createdAt: key.created_at, state }
    })
  }

  async renew(name: string) {
    const suffix = name.slice(-8)
    const { active } = await this.change((content) => {
      // Of a rotation that was broken off here; by now another one may have made the next.
      if (content.keys.some(({ id }) => id.endsWith(`-${suffix}`))) return false
      const key = newKey(suffix)
      content.keys.push(key)
      content.active = key.id
      return true
    })
    return `local:${active}`
  }

  async retireAllBut(inUse: string[]) {
    const at = new Date().toISOString()
    await this.change(({ active, keys }) => {
      const idle = keys.filter(({ id, retired_at }) => id !== active && !retired_at && !inUse.includes(`local:${id}`))
      for (const key of idle) key.retired_at = at
      return idle.length > 0
    })
  }

  /** True when it made the file; an existing one is never touched. */
  static create(file: string): Promise<boolean> {
    return createKeyring(file)
  }

  private read(): Promise<KeyringContent> {
    return readKeyring(this.file).catch(unavailable)
  }

  private change(change: (content: KeyringContent) => boolean): Promise<KeyringContent> {
    return changeKeyring(this.file, change).catch(unavailable)
  }
}

function unavailable(error: unknown): never {
  throw new KeyProviderUnavailable({ cause: error })
}

function keyOf(keys: KeptKey[], id: string) {
  const found = keys.find((key) => key.id === id)
  if (!found) throw new KeyProviderUnavailable({ cause: new Error(`the keyring has no key ${id}`) })
  return createSecretKey(Buffer.from(found.key, 'base64'))
}
