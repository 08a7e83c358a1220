// Installs the locked dependencies when they are not what the lock file says. Needs nothing but Node and npm.
import { createHash } from 'node:crypto'
import { accessSync, constants, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join, sep } from 'node:path'
import { canHaveNode24, endWithoutNode24 } from './node24.mjs'
import { isMain, projectRoot } from './project.mjs'
import { runChild } from './run_child.mjs'
import { say, stepLine } from './texts.mjs'

const LOG_LINES = 24

/** Whether node_modules is missing or was made from another package-lock.json. */
export function isInstallNeeded(root) {
  const lock = join(root, 'package-lock.json')
  const modules = join(root, 'node_modules')
  if (!existsSync(modules)) return true
  if (readIfThere(join(modules, '.medinfo-lock')) === hashOf(lock)) return false
  return !npmInstalledFrom(lock, join(modules, '.package-lock.json'))
}

// Someone may have run `npm ci` themselves. npm writes this inventory last, so that an interrupted install has none.
function npmInstalledFrom(lock, inventory) {
  const installed = readIfThere(inventory)
  if (!installed) return false
  const present = JSON.parse(installed).packages
  return Object.entries(JSON.parse(readFileSync(lock, 'utf8')).packages)
    .filter(([path, entry]) => path !== '' && !entry.optional && !entry.link)
    .every(([path, entry]) => present[path]?.integrity === entry.integrity)
}

/** Installs if needed; after a failure it has said why, and the process ends with code 1. */
export async function installDependencies(root = projectRoot, { silent = false, log = console.log } = {}) {
  const startedAt = performance.now()
  const needed = isInstallNeeded(root)
  if (needed) {
    if (!canHaveNode24()) endWithoutNode24()
    requireWritable(root)
    log(say('dependenciesInstalling'))
    const { code, stopped, output } = await runChild('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: root,
      env: { ...process.env, PATH: pathWithoutModules(process.env.PATH ?? '') },
      quiet: true,
      input: 'ignore',
      // npm answers a signal by undoing its work for half a minute; half an install is done again anyway.
      killAfterMs: 3000,
    })
    if (stopped) process.exit(130)
    if (code !== 0) endAfterFailure(code, output)
  }
  recordInstall(root)
  if (needed || !silent) log(stepLine(say(needed ? 'dependenciesInstalled' : 'dependenciesCurrent'), startedAt))
}

function requireWritable(folder) {
  try {
    accessSync(folder, constants.W_OK)
  } catch (error) {
    console.error(say('notWritable', { path: folder, reason: error.code }))
    process.exit(1)
  }
}

function endAfterFailure(code, output) {
  console.error(code === 127 ? say('npmMissing') : say('dependenciesFailed', { code }))
  if (code !== 127) console.error(shorten(output.trimEnd().split('\n')).join('\n'))
  process.exit(1)
}

// npm names the reason first, and ends with its manual page or with the failing request.
function shorten(lines) {
  if (lines.length <= LOG_LINES) return lines
  return [...lines.slice(0, LOG_LINES / 2), '…', ...lines.slice(-LOG_LINES / 2)]
}

function recordInstall(root) {
  const record = join(root, 'node_modules', '.medinfo-lock')
  const hash = hashOf(join(root, 'package-lock.json'))
  if (readIfThere(record) === hash) return
  try {
    writeFileSync(record, hash)
  } catch (error) {
    console.error(say('notWritable', { path: record, reason: error.code }))
  }
}

// `npm run` puts node_modules/.bin first, and npm ci would then run on the Node that it is about to delete.
function pathWithoutModules(path) {
  return path
    .split(delimiter)
    .filter((folder) => !folder.endsWith(`node_modules${sep}.bin`))
    .join(delimiter)
}

function hashOf(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex')
}

function readIfThere(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}

if (isMain(import.meta.url)) await installDependencies()
