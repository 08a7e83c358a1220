// Which Node runs the application: the one that the lock file brings, so that every machine runs the same.
// As a command: node tools/node24.mjs <script> [arguments] runs the script under it.
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { join } from 'node:path'
import { isMain, projectRoot } from './project.mjs'
import { runChild } from './run_child.mjs'
import { say } from './texts.mjs'

const OLDEST_MAJOR = 24
// The packaged binaries need glibc's loader, which Alpine and NixOS do not have at its place.
const LOADERS = { x64: '/lib64/ld-linux-x86-64.so.2', arm64: '/lib/ld-linux-aarch64.so.1' }

/**
 * @param {string} root folder that holds node_modules
 * @param {object} [machine] this process and system, unless a test says otherwise
 * @returns {string | null} a path or command that starts Node 24 or later, null when there is none
 */
export function findNode24(root, machine = thisMachine()) {
  const packaged = join(root, 'node_modules', `node-linux-${machine.arch}`, 'bin', 'node')
  if (machine.runsPackaged && isExecutable(packaged)) return packaged
  if (majorOf(machine.version) >= OLDEST_MAJOR) return machine.execPath
  return majorOf(machine.versionOnPath()) >= OLDEST_MAJOR ? 'node' : null
}

/** Whether an install would bring Node 24 or there is one already: worth knowing before a minute of installing. */
export function canHaveNode24(machine = thisMachine()) {
  return machine.runsPackaged || [machine.version, machine.versionOnPath()].some((one) => majorOf(one) >= OLDEST_MAJOR)
}

export function thisMachine() {
  const { arch, execPath, platform, version } = process
  const runsPackaged = platform === 'linux' && arch in LOADERS && existsSync(LOADERS[arch])
  return { arch, execPath, version, runsPackaged, versionOnPath: askNodeOnPath }
}

/** Ends the process with one sentence when no Node 24 is to be had. */
export function requireNode24(root = projectRoot) {
  const node = findNode24(root)
  return node ?? endWithoutNode24()
}

export function endWithoutNode24() {
  console.error(say('nodeTooOld', { version: process.version }))
  process.exit(1)
}

function majorOf(version) {
  return Number(/^v?(\d+)/.exec(version)?.[1] ?? 0)
}

function askNodeOnPath() {
  return spawnSync('node', ['--version'], { encoding: 'utf8' }).stdout ?? ''
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

if (isMain(import.meta.url)) {
  const [script, ...args] = process.argv.slice(2)
  if (!script) {
    console.error('usage: node tools/node24.mjs <script> [arguments]')
    process.exit(2)
  }
  const { code } = await runChild(requireNode24(), [script, ...args])
  process.exit(code)
}
