import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'
import { open as openFile, stat } from 'node:fs/promises'
import { open, seal } from '#app/keys/aead'
import { keyring } from '#app/keys/keyring_service'
import { PART_BYTES } from '#app/imports/part_size'

/* A nonce and a tag: app/keys/aead.ts. */
const SEAL_BYTES = 28
const SEALED_PART = PART_BYTES + SEAL_BYTES

/**
 * A file of patients' rows as it lies on the disk: parts of a mebibyte, each sealed with its number and the name of its
 * file, so that none is read in another's place. The key is made of a root key and of `scope`, an upload's or a run's uuid.
 */
export class SealedFile {
  constructor(
    private readonly path: string,
    private readonly key: KeyObject,
    private readonly name: string
  ) {}

  /** `at` is a multiple of PART_BYTES. */
  async write(at: number, plain: Buffer): Promise<void> {
    const number = at / PART_BYTES
    const handle = await openFile(this.path, at === 0 ? 'w' : 'r+', 0o600)
    try {
      await handle.write(seal(this.key, plain, this.part(number)), 0, undefined, number * SEALED_PART)
    } finally {
      await handle.close()
    }
  }

  /** Errors: whatever node:crypto throws where a part is not the one that was written. */
  async *read(): AsyncGenerator<Buffer> {
    const handle = await openFile(this.path)
    try {
      for (let number = 0; ; number++) {
        const { buffer, bytesRead } = await handle.read(Buffer.alloc(SEALED_PART), 0, SEALED_PART, number * SEALED_PART)
        if (!bytesRead) return
        yield open(this.key, buffer.subarray(0, bytesRead), this.part(number))
        if (bytesRead < SEALED_PART) return
      }
    } finally {
      await handle.close()
    }
  }

  private part(number: number): Buffer {
    return Buffer.from(`${this.name}|${number}`)
  }
}

/** Bytes that a sealed file holds, without their seals; none where it is not there. */
export async function bytesIn(path: string): Promise<number> {
  const { size } = await stat(path).catch(() => ({ size: 0 }))
  const [whole, rest] = [Math.floor(size / SEALED_PART), size % SEALED_PART]
  return whole * PART_BYTES + Math.max(0, rest - SEAL_BYTES)
}

export async function sealingKey(scope: string): Promise<KeyObject> {
  const { key } = await keyring().root('source_ids')
  return createSecretKey(Buffer.from(hkdfSync('sha256', key, scope, 'medinfo/import-files', 32)))
}
