// Finds the servers' programs on this machine, and has apt install what is missing where that is possible.
import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const NEEDED = {
  mariadb: { programs: ['mariadbd', 'mariadb-install-db'], aptPackages: ['mariadb-server'] },
  redis: { programs: ['redis-server'], aptPackages: ['redis-server'] },
  nginx: { programs: ['nginx', 'openssl'], aptPackages: ['nginx-light', 'openssl'] },
}
// mariadbd lives in sbin, which a plain user's PATH leaves out.
const MORE_FOLDERS = ['/usr/sbin', '/usr/local/sbin', '/usr/local/bin', '/opt/homebrew/bin']

/** Those that the application uses: they start when nothing else is said. */
export const serviceNames = ['mariadb', 'redis']
/** With what stands in front of it. */
export const programNames = Object.keys(NEEDED)

/** @returns {string | null} the program's absolute path */
export function findProgram(name) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...MORE_FOLDERS]
  return folders.map((folder) => join(folder, name)).find(isExecutable) ?? null
}

/**
 * Makes sure that the programs are there.
 * @param {{find?: (name: string) => string | null, install?: ((packages: string[]) => string) | null}} [machine] this
 *   one, unless a test says otherwise; `install` answers what went wrong, or ''
 * @throws {Error} one sentence that names what is missing and how to get it
 */
export function ensurePrograms(services, log = () => {}, machine = {}) {
  const { find = findProgram, install = aptInstaller(log) } = machine
  const lacking = () => services.filter((service) => NEEDED[service].programs.some((program) => !find(program)))
  if (lacking().length === 0) return
  const packages = lacking().flatMap((service) => NEEDED[service].aptPackages)
  const failure = install ? install(packages) : ''
  const missing = services.flatMap((service) => NEEDED[service].programs).filter((program) => !find(program))
  if (missing.length === 0) return
  const how = `install them, on Debian and Ubuntu with: apt-get install ${packages.join(' ')}`
  throw new Error(`Missing on this machine: ${missing.join(', ')}; ${how}${failure && `\napt says: ${failure}`}`)
}

function aptInstaller(log) {
  const isPossible = process.getuid?.() === 0 && findProgram('apt-get') !== null
  if (!isPossible) return null
  return (packages) => {
    log(`installing ${packages.join(', ')} with apt`)
    return installWithApt(packages)
  }
}

function installWithApt(packages) {
  const update = apt(['update'])
  const install = apt(['install', '-y', '--no-install-recommends', ...packages])
  // A mirror that does not answer matters only if the packages then cannot be had.
  return install.status === 0 ? '' : `${update.stderr}${install.stderr}`.trim().split('\n').slice(-5).join('\n')
}

function apt(args) {
  return spawnSync('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=120', ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    maxBuffer: 64 * 1024 * 1024,
  })
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
