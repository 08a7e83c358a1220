import { createWriteStream } from 'node:fs'
import { mkdir, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { newUuid } from '#app/core/ids'
import { originalCells } from '#app/imports/harmless_cells'
import { namesIn, sealedFile, uploadFolder } from '#app/imports/upload_folder'

const OPENED = 'opened-'

/** What is to be imported, of an upload. */
export interface Staged {
  /** A shipped mapping, or the name of the upload's file that holds an edited one. */
  mapping: string
  isEdited: boolean
  /** Which file is which of the mapping's. */
  files: { file: string; entry: string }[]
}

interface Place {
  mapping: string
  /** A folder with the files as the mapping names them. */
  path: string
  rejects: string
}

/**
 * Lays the files of an upload out as an import reads them, opened and under the names that the mapping has for them, and
 * takes that away afterwards, whatever happens.
 */
export async function withStaged<T>(upload: string, staged: Staged, work: (place: Place) => Promise<T>): Promise<T> {
  const folder = uploadFolder(upload)
  const place = join(folder, `${OPENED}${newUuid()}`)
  const path = join(place, 'source')
  try {
    for (const { file, entry } of staged.files) {
      const target = join(path, entry)
      await mkdir(dirname(target), { recursive: true, mode: 0o700 })
      const sealed = await sealedFile(upload, file)
      await pipeline(Readable.from(originalCells(sealed.read())), createWriteStream(target, { mode: 0o600 }))
    }
    const mapping = staged.isEdited ? join(folder, staged.mapping) : staged.mapping
    const [only, ...others] = staged.files
    // Where several files are read, their rejects are a folder.
    const rejects = join(place, 'rejects', others.length ? '' : only!.entry)
    return await work({ mapping, path, rejects })
  } finally {
    await rm(place, { recursive: true, force: true })
  }
}

/** What a process that was killed has left laid out. */
export async function removeOpened(upload: string, before: Date): Promise<void> {
  const folder = uploadFolder(upload)
  const names = await namesIn(folder)
  for (const name of names.filter((each) => each.startsWith(OPENED))) {
    const { mtimeMs } = await stat(join(folder, name))
    if (mtimeMs < before.getTime()) await rm(join(folder, name), { recursive: true, force: true })
  }
}
