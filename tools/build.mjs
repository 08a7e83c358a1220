// npm run build: bundles the app to public/, compiles the sources to build/, unless that was done from the same ones.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { installDependencies } from './install.mjs'
import { requireNode24 } from './node24.mjs'
import { isMain, projectRoot } from './project.mjs'
import { runChild } from './run_child.mjs'
import { say, stepLine } from './texts.mjs'

const FOLDERS = ['app', 'admin', 'bin', 'cli', 'config', 'database', 'resources', 'start']
const FILES = [
  'adonisrc.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'tools/build_pwa.mjs',
  'tools/build_back_office.mjs',
]
const BUILD_APP = ['tools/build_pwa.mjs']
const BUILD_BACK_OFFICE = ['tools/build_back_office.mjs']
const BUILD = ['ace.js', 'build', '--tsconfig', 'tsconfig.build.json']

/** A digest of every file that compiled output depends on: their names and their bytes. */
export function hashSources(root) {
  const inFolders = FOLDERS.flatMap((folder) => filesUnder(root, folder))
  const paths = [...FILES.filter((file) => existsSync(join(root, file))), ...inFolders].sort()
  const hash = createHash('sha256')
  for (const path of paths) {
    const bytes = readFileSync(join(root, path))
    hash.update(`${path}\0${bytes.length}\0`).update(bytes)
  }
  return hash.digest('hex')
}

/** Whether something built is missing or was made from other sources. Its hash comes last, so half a build has none. */
export function isBuildNeeded(root) {
  const record = join(root, 'build', '.sources-hash')
  if (
    !existsSync(record) ||
    !['public/app/sw.js', 'public/admin/components.js'].every((file) => existsSync(join(root, file)))
  )
    return true
  return readFileSync(record, 'utf8') !== hashSources(root)
}

/** Builds if needed; after a failure it has said why, and the process ends with code 1. */
export async function buildIfNeeded({ root = projectRoot, silent = false, log = console.log } = {}) {
  const startedAt = performance.now()
  if (!isBuildNeeded(root)) {
    if (!silent) log(stepLine(say('buildCurrent'), startedAt))
    return
  }
  // Before the build: a source that changes meanwhile then counts as not built.
  const hash = hashSources(root)
  log(say('buildRunning'))
  // What browsers load first: it is copied into build/.
  for (const step of [BUILD_APP, BUILD_BACK_OFFICE, BUILD]) await runStep(root, step)
  writeFileSync(join(root, 'build', '.sources-hash'), hash)
  log(stepLine(say('buildDone'), startedAt))
}

async function runStep(root, step) {
  const options = { cwd: root, quiet: true, input: 'ignore' }
  const { code, stopped, output } = await runChild(requireNode24(root), step, options)
  if (stopped) process.exit(130)
  if (code === 0) return
  console.error(`${say('buildFailed', { code })}\n${output.trimEnd()}`)
  process.exit(1)
}

function filesUnder(root, folder) {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(root.length + 1))
}

if (isMain(import.meta.url)) {
  // What asks for a build, such as bin/medinfo, may print an answer that a program reads.
  const log = process.argv.includes('--to-stderr') ? console.error : console.log
  await installDependencies(projectRoot, { silent: true, log })
  await buildIfNeeded({ log })
}
