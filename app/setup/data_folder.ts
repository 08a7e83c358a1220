import { mkdir, open, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { FolderNotWritable } from '#app/setup/setup_problems'

/**
 * Makes the folder where it is missing, and a file in it for a moment: permissions alone do not tell, as a disk may be
 * full or read-only. Errors: FolderNotWritable.
 */
export async function makeWritable(folder: string): Promise<void> {
  const probe = join(folder, `.writable-${process.pid}`)
  try {
    await makeFolder(folder)
    const file = await open(probe, 'w', 0o600)
    await file.close()
    await rm(probe)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw new FolderNotWritable(folder, code ?? message)
  }
}

/** Node's own recursive mkdir never ends where a folder cannot be made although its parent is there, as below /proc. */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return
    if (code !== 'ENOENT' || dirname(folder) === folder) throw error
    await makeFolder(dirname(folder))
    await mkdir(folder, { mode: 0o700 })
  }
}
