import { mkdir, open as openFile, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import { isUuid, newUuid } from '#app/core/ids'
import { PART_BYTES } from '#app/imports/part_size'
import { bytesIn, SealedFile, sealingKey } from '#app/imports/sealed_file'
import { namesIn } from '#app/imports/upload_folder'
import { dataDir } from '#start/env'

/** Rows that an import has not taken, as they came, or why, as CSV. */
export interface KeptFile {
  id: string
  /** As the mapping names it; `reasons.csv` where it says why. */
  name: string
  isReasons: boolean
  bytes: number
}

const INDEX = 'index.json'

const rejectsFolder = () => join(dataDir(), 'imports', 'rejects')
const folderOf = (run: string) => join(rejectsFolder(), run)

/** Seals what an import wrote to a folder of rejects, to be fetched for some days. */
export async function keepRejects(run: string, written: string): Promise<void> {
  const found = await readdir(written, { recursive: true, withFileTypes: true }).catch(() => [])
  const paths = found.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name))
  // The reasons alone, and nothing but their heading, say that all was taken.
  if (!paths.some((path) => !isReasons(path))) return
  const folder = folderOf(run)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const kept: Omit<KeptFile, 'bytes'>[] = []
  for (const path of paths) {
    const one = {
      id: newUuid(),
      name: isReasons(path) ? 'reasons.csv' : relative(written, path),
      isReasons: isReasons(path),
    }
    await sealInto(new SealedFile(join(folder, one.id), await sealingKey(run), one.id), path)
    kept.push(one)
  }
  // Why, after what.
  kept.sort((one, other) => Number(one.isReasons) - Number(other.isReasons) || (one.name < other.name ? -1 : 1))
  await writeFile(join(folder, INDEX), JSON.stringify(kept), { mode: 0o600 })
}

async function sealInto(sealed: SealedFile, path: string) {
  const handle = await openFile(path)
  try {
    for (let at = 0; ; at += PART_BYTES) {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(PART_BYTES), 0, PART_BYTES, at)
      if (bytesRead) await sealed.write(at, buffer.subarray(0, bytesRead))
      if (bytesRead < PART_BYTES) return
    }
  } finally {
    await handle.close()
  }
}

export async function keptRejects(run: string): Promise<KeptFile[]> {
  const text = await readFile(join(folderOf(run), INDEX), 'utf8').catch(() => '[]')
  const kept = JSON.parse(text) as Omit<KeptFile, 'bytes'>[]
  return Promise.all(kept.map(async (one) => ({ ...one, bytes: await bytesIn(join(folderOf(run), one.id)) })))
}

export async function openKept(run: string, { id }: KeptFile): Promise<AsyncGenerator<Buffer>> {
  return new SealedFile(join(folderOf(run), id), await sealingKey(run), id).read()
}

/** Those that are older than this are removed. */
export async function sweepRejects(before: Date): Promise<void> {
  const runs = await namesIn(rejectsFolder())
  for (const run of runs.filter(isUuid)) {
    const { mtimeMs } = await stat(folderOf(run))
    if (mtimeMs < before.getTime()) await rm(folderOf(run), { recursive: true, force: true })
  }
}

const isReasons = (path: string) => /(^|\.)reasons\.csv$/.test(basename(path))
