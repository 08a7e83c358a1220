import { randomBytes } from 'node:crypto'
import {
  link,
  mkdir,
  open as openFile,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
  type FileHandle,
} from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isGone, newMark } from '#app/jobs/process_mark'

export interface KeptKey {
  id: string
  /** 32 bytes, base64. */
  key: string
  created_at: string
  /** Nothing of the database is wrapped with it any more. */
  retired_at?: string
}

export interface KeyringContent {
  active: string
  keys: KeptKey[]
}

const LOCK_TRIES = 100
const LOCK_PAUSE_MS = 50
const LEFT_OVER_MS = 60_000

/** A fresh key, named by the day and by eight hexadecimal digits. */
export function newKey(suffix = randomBytes(4).toString('hex')): KeptKey {
  const at = new Date().toISOString()
  return { id: `${at.slice(0, 10)}-${suffix}`, key: randomBytes(32).toString('base64'), created_at: at }
}

/** Errors: those of the file system, a SyntaxError, or an Error where it is no keyring. */
export async function readKeyring(file: string): Promise<KeyringContent> {
  const content = JSON.parse(await readFile(file, 'utf8')) as Partial<KeyringContent>
  if (!Array.isArray(content.keys) || !content.keys.some(({ id }) => id === content.active))
    throw new Error(`${file} is no keyring`)
  return content as KeyringContent
}

/** True when it made the file; an existing one is never touched. */
export async function createKeyring(file: string): Promise<boolean> {
  const key = newKey()
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const draft = await writeDraft(file, { active: key.id, keys: [key] })
  try {
    await link(draft, file)
    await syncFolder(file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    await rm(draft, { force: true })
  }
}

/**
 * Changes the keyring, one process after the other. A reader, and a machine without power, find the whole former one or
 * the whole new one. Nothing is written where `change` answers false.
 */
export async function changeKeyring(
  file: string,
  change: (content: KeyringContent) => boolean
): Promise<KeyringContent> {
  const unlock = await lock(`${file}.lock`)
  try {
    await removeLeftOvers(file)
    const content = await readKeyring(file)
    if (!change(content)) return content
    const draft = await writeDraft(file, content)
    try {
      await rename(draft, file)
    } finally {
      await rm(draft, { force: true })
    }
    await syncFolder(file)
    return await readKeyring(file)
  } finally {
    await unlock()
  }
}

/** Written whole under another name first: a half-written keyring would lock every record for ever. */
async function writeDraft(file: string, content: KeyringContent): Promise<string> {
  const draft = `${file}.${randomBytes(4).toString('hex')}`
  const handle = await openFile(draft, 'wx', 0o600)
  try {
    await handle.writeFile(`${JSON.stringify(content, null, 2)}\n`)
    await handle.chmod(0o600)
    await keepOwner(handle, file)
    await handle.sync()
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  } finally {
    await handle.close()
  }
  return draft
}

/** What a process that was killed has left holds all keys, and nobody would look for them there. */
async function removeLeftOvers(file: string) {
  const ours = new RegExp(`^${RegExp.escape(basename(file))}(\\.lock)?\\.[0-9a-f]{8}$`)
  const names = await readdir(dirname(file))
  for (const name of names.filter((one) => ours.test(one))) {
    const path = join(dirname(file), name)
    const facts = await stat(path).catch(() => null)
    // Another process may be about to link what it has just written.
    if (facts && Date.now() - facts.mtimeMs > LEFT_OVER_MS) await rm(path, { force: true })
  }
}

/** An operator who is root must not take the keyring away from the account under which the server runs. */
async function keepOwner(handle: FileHandle, file: string) {
  const former = await stat(file).catch(() => null)
  if (former && former.uid !== process.getuid?.()) await handle.chown(former.uid, former.gid)
}

/** The name itself is on the disk only once its folder is. */
async function syncFolder(file: string) {
  const folder = await openFile(dirname(file), 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** A lock whose process was killed is taken over. Errors: EEXIST when another holds it for five seconds. */
async function lock(path: string): Promise<() => Promise<void>> {
  const mine = `${path}.${randomBytes(4).toString('hex')}`
  await writeFile(mine, newMark(), { mode: 0o600 })
  try {
    return await held(path, mine)
  } finally {
    await rm(mine, { force: true })
  }
}

/** Linked, so that no lock is ever there without its mark. */
async function held(path: string, mine: string): Promise<() => Promise<void>> {
  for (let attempt = 1; ; attempt++) {
    try {
      await link(mine, path)
      return () => rm(path, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt === LOCK_TRIES) throw error
      const mark = await readFile(path, 'utf8').catch(() => '')
      if (isGone(mark)) await rm(path, { force: true })
      else await sleep(LOCK_PAUSE_MS)
    }
  }
}
