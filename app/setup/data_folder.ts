import { mkdir, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { FolderNotWritable } from '#app/setup/setup_problems'

/**
 * Makes the folder where it is missing, and a file in it for a moment: permissions alone do not tell, as a disk may be
 * full or read-only. Errors: FolderNotWritable.
 */
export async function makeWritable(folder: string): Promise<void> {
  const probe = join(folder, `.writable-${process.pid}`)
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await (await open(probe, 'w', 0o600)).close()
    await rm(probe)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw new FolderNotWritable(folder, code ?? message)
  }
}
