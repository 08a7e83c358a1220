import { createSecretKey, randomBytes } from 'node:crypto'
import { link, mkdir, open as openFile, readFile, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { open, seal } from '#app/keys/aead'
import { KeyProviderUnavailable, type KeyProvider } from '#app/keys/key_provider'

interface KeyringFile {
  active: string
  keys: { id: string; key: string; created_at: string }[]
}

/** Key-encryption keys in a file that only its owner reads (mode 0600). Made once, by `medinfo up` or `medinfo migrate`. */
export class LocalKeyProvider implements KeyProvider {
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

  /** True when it made the file; an existing one is never touched. */
  static async create(file: string): Promise<boolean> {
    const id = `${new Date().toISOString().slice(0, 10)}-${randomBytes(4).toString('hex')}`
    const key = { id, key: randomBytes(32).toString('base64'), created_at: new Date().toISOString() }
    await mkdir(dirname(file), { recursive: true, mode: 0o700 })
    // Written whole under another name first: a half-written keyring would lock every record for ever.
    const draft = `${file}.${id}`
    try {
      const handle = await openFile(draft, 'wx', 0o600)
      await handle.writeFile(`${JSON.stringify({ active: id, keys: [key] } satisfies KeyringFile, null, 2)}\n`)
      await handle.chmod(0o600)
      await handle.sync()
      await handle.close()
      await link(draft, file)
      return true
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
      throw error
    } finally {
      await rm(draft, { force: true })
    }
  }

  private async read(): Promise<KeyringFile> {
    try {
      return JSON.parse(await readFile(this.file, 'utf8')) as KeyringFile
    } catch (error) {
      throw new KeyProviderUnavailable({ cause: error })
    }
  }
}

function keyOf(keys: KeyringFile['keys'], id: string) {
  const found = keys.find((key) => key.id === id)
  if (!found) throw new KeyProviderUnavailable({ cause: new Error(`the keyring has no key ${id}`) })
  return createSecretKey(Buffer.from(found.key, 'base64'))
}
