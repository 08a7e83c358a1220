import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isUuid, newUuid } from '#app/core/ids'
import { NotFound } from '#app/core/problem'
import { bytesIn, SealedFile, sealingKey } from '#app/imports/sealed_file'
import { dataDir } from '#start/env'

/** What somebody has sent and means to import. All names on the disk are ours; `name` is what the file was called. */
export interface UploadedFile {
  id: string
  name: string
  bytes: number
  received: number
}

/** Who imports it: the job, and the request that asked for it. */
export interface UploadPlan {
  job: string
  request: string
}

const OWNER = 'owner.json'
const PLAN = 'plan.json'

export const uploadsFolder = () => join(dataDir(), 'imports', 'uploads')

export function uploadFolder(id: string): string {
  if (!isUuid(id)) throw new NotFound('not_found')
  return join(uploadsFolder(), id)
}

export async function makeUpload(user: string | null): Promise<string> {
  const id = newUuid()
  await mkdir(join(uploadFolder(id), 'files'), { recursive: true, mode: 0o700 })
  await writeJson(join(uploadFolder(id), OWNER), { user })
  return id
}

/** Whose it is; null where there is none. */
export async function ownerOf(id: string): Promise<{ user: string | null } | null> {
  return readJson(join(uploadFolder(id), OWNER))
}

/** Those of one person, the latest first. */
export async function uploadsOf(user: string | null): Promise<string[]> {
  const ids = await everyUpload()
  const owners = await Promise.all(ids.map(ownerOf))
  return ids
    .filter((_, at) => owners[at]?.user === user)
    .sort()
    .reverse()
}

export async function everyUpload(): Promise<string[]> {
  const names = await namesIn(uploadsFolder())
  return names.filter(isUuid)
}

export async function addFile(upload: string, { name, bytes }: { name: string; bytes: number }): Promise<string> {
  const id = newUuid()
  await writeJson(join(uploadFolder(upload), 'files', `${id}.json`), { name, bytes })
  return id
}

export async function filesOf(upload: string): Promise<UploadedFile[]> {
  const folder = join(uploadFolder(upload), 'files')
  const names = await namesIn(folder)
  const ids = names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -5))
  const files = await Promise.all(ids.sort().map((id) => fileOf(upload, id)))
  return files.filter((file) => file !== null)
}

export async function fileOf(upload: string, id: string): Promise<UploadedFile | null> {
  if (!isUuid(id)) return null
  const told = await readJson<{ name: string; bytes: number }>(join(uploadFolder(upload), 'files', `${id}.json`))
  if (!told) return null
  return { id, ...told, received: await bytesIn(pathOf(upload, id)) }
}

const pathOf = (upload: string, id: string) => join(uploadFolder(upload), 'files', `${id}.sealed`)

export async function sealedFile(upload: string, id: string): Promise<SealedFile> {
  return new SealedFile(pathOf(upload, id), await sealingKey(upload), id)
}

export async function removeFile(upload: string, id: string): Promise<void> {
  const folder = join(uploadFolder(upload), 'files')
  await Promise.all(['json', 'sealed'].map((end) => rm(join(folder, `${id}.${end}`), { force: true })))
}

export const removeUpload = (id: string) => rm(uploadFolder(id), { recursive: true, force: true })

export const readPlan = (upload: string) => readJson<UploadPlan>(join(uploadFolder(upload), PLAN))

export const writePlan = (upload: string, plan: UploadPlan) => writeJson(join(uploadFolder(upload), PLAN), plan)

/** When it was last written to. */
export async function touchedAt(upload: string): Promise<number> {
  const folder = uploadFolder(upload)
  const files = await namesIn(join(folder, 'files'))
  const paths = [OWNER, PLAN, ...files.map((name) => join('files', name))]
  const times = await Promise.all(
    paths.map((path) =>
      stat(join(folder, path)).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0
      )
    )
  )
  return Math.max(0, ...times)
}

export const namesIn = (folder: string) => readdir(folder).catch((): string[] => [])

async function writeJson(path: string, value: object) {
  const written = `${path}.${newUuid()}`
  await writeFile(written, JSON.stringify(value), { mode: 0o600 })
  await rename(written, path)
}

async function readJson<T>(path: string): Promise<T | null> {
  const text = await readFile(path, 'utf8').catch(() => null)
  return text === null ? null : (JSON.parse(text) as T)
}
