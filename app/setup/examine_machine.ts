import { readFile, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { makeWritable } from '#app/setup/data_folder'
import { found, type Finding } from '#app/setup/finding'
import { FolderNotWritable } from '#app/setup/setup_problems'
import { homeFolder } from '#app/setup/shell_environment'

const OLDEST_NODE = 24
const LEAST_FREE_GB = 1
const OTHERS = 0o077
/* The owner's group may be meant, as one for copies. */
const EVERYBODY = 0o007

/** What can be said before the application boots; `canBoot` tells whether it is worth trying. */
export async function examineMachine(): Promise<{ findings: Finding[]; canBoot: boolean }> {
  const findings = [
    checkNode(process.versions.node),
    await checkEnvFile(join(homeFolder(), '.env')),
    await checkSettings(),
  ]
  if (!findings.at(-1)!.ok) return { findings, canBoot: false }
  const { default: env, dataDir, keyringFile } = await import('#start/env')
  const folder = await checkDataFolder(dataDir())
  findings.push(folder)
  if (folder.code === 'not_writable') return { findings, canBoot: false }
  const { bavail, bsize } = await statfs(dataDir())
  findings.push(checkFreeDisk(bavail * bsize, dataDir()))
  if (env.get('KEY_PROVIDER') === 'local') findings.push(await checkKeyring(keyringFile()))
  const { examineTls } = await import('#app/setup/examine_tls')
  findings.push(await examineTls())
  return { findings, canBoot: true }
}

export function checkNode(version: string): Finding {
  return found('node', Number.parseInt(version) >= OLDEST_NODE ? 'ok' : 'too_old', { version, oldest: OLDEST_NODE })
}

/** Its absence is no fault: the environment of the process may set everything. */
export async function checkEnvFile(file: string): Promise<Finding> {
  const mode = await modeOf(file)
  if (mode === null) return { name: 'env_file', ok: true, code: 'none', params: { file } }
  return found('env_file', mode & OTHERS ? 'open_to_others' : 'ok', { file, mode: octal(mode) })
}

async function checkSettings(): Promise<Finding> {
  try {
    await import('#start/env')
    return found('settings', 'ok')
  } catch (error) {
    const { help, message } = error as Error & { help?: string }
    const settings = (help ?? message).replace(/^- /gm, '').split('\n').join(', ')
    return found('settings', 'invalid', { settings })
  }
}

export async function checkDataFolder(folder: string): Promise<Finding> {
  try {
    await makeWritable(folder)
    const mode = (await modeOf(folder))!
    return found('data_folder', mode & EVERYBODY ? 'open_to_others' : 'ok', { folder, mode: octal(mode) })
  } catch (error) {
    if (!(error instanceof FolderNotWritable)) throw error
    return found('data_folder', 'not_writable', error.extra as Finding['params'])
  }
}

export function checkFreeDisk(bytes: number, folder: string): Finding {
  const free = Math.round(bytes / 1e8) / 10
  return found('disk', bytes < LEAST_FREE_GB * 1e9 ? 'nearly_full' : 'ok', { free, least: LEAST_FREE_GB, folder })
}

export async function checkKeyring(file: string): Promise<Finding> {
  const mode = await modeOf(file)
  if (mode === null) return found('keyring', 'missing', { file })
  if (mode & OTHERS) return found('keyring', 'open_to_others', { file, mode: octal(mode) })
  try {
    JSON.parse(await readFile(file, 'utf8'))
    return found('keyring', 'ok', { file })
  } catch {
    return found('keyring', 'unreadable', { file })
  }
}

async function modeOf(file: string): Promise<number | null> {
  return stat(file).then(
    ({ mode }) => mode & 0o777,
    () => null
  )
}

function octal(mode: number) {
  return mode.toString(8).padStart(4, '0')
}
