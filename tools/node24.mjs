// Which Node runs the application: the one that the lock file brings, so that every machine runs the same.
// As a command: node tools/node24.mjs <script> [arguments] runs the script under it.
import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { join } from 'node:path'
import { isMain, projectRoot } from './project.mjs'
import { runChild } from './run_child.mjs'
import { say } from './texts.mjs'

const OLDEST_MAJOR = 24

/**
 * @param {string} root folder that holds node_modules
 * @param {{arch?: string, execPath?: string, version?: string, pathVersion?: () => string}} [machine] this process, unless
 *   a test says otherwise; `pathVersion` answers what `node --version` on the PATH prints, or ''
 * @returns {string | null} a path or command that starts Node 24 or later, null when there is none
 */
export function findNode24(root, machine = {}) {
  const { arch = process.arch, execPath = process.execPath, version = process.version } = machine
  const packaged = join(root, 'node_modules', `node-linux-${arch}`, 'bin', 'node')
  if (isExecutable(packaged)) return packaged
  if (majorOf(version) >= OLDEST_MAJOR) return execPath
  const pathVersion = machine.pathVersion ?? askNodeOnPath
  return majorOf(pathVersion()) >= OLDEST_MAJOR ? 'node' : null
}

/** Ends the process with one sentence when no Node 24 is to be had. */
export function requireNode24(root = projectRoot) {
  const node = findNode24(root)
  if (node) return node
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
