import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { projectRoot } from './project.mjs'

/** Share of covered lines, in percent, that a folder must reach: what everything else leans on. */
export const FLOORS = { 'app/core/': 90, 'app/keys/': 90, 'app/audit/': 90 }

/**
 * @param {Record<string, {lines: {total: number, covered: number}}>} summary c8's json-summary, by absolute path
 * @returns {{folder: string, percent: number, floor: number, ok: boolean}[]} a folder without files fails
 */
export function checkFloors(summary, root = projectRoot, floors = FLOORS) {
  const executable = Object.entries(summary).filter(([path, { lines }]) => lines.covered > 0 || !isOnlyTypes(path))
  return Object.entries(floors).map(([folder, floor]) => {
    const files = executable.filter(([path]) => path.startsWith(join(root, folder)))
    const total = files.reduce((sum, [, { lines }]) => sum + lines.total, 0)
    const covered = files.reduce((sum, [, { lines }]) => sum + lines.covered, 0)
    const percent = total === 0 ? 0 : Math.floor((covered / total) * 1000) / 10
    return { folder, percent, floor, ok: percent >= floor }
  })
}

// A file of interfaces compiles to nothing and is never loaded, which c8 cannot tell from a file that no test touches.
function isOnlyTypes(path) {
  const { ModuleKind, ScriptTarget, transpileModule } = createRequire(import.meta.url)('typescript')
  const compilerOptions = { module: ModuleKind.ESNext, target: ScriptTarget.ESNext, removeComments: true }
  const { outputText } = transpileModule(readFileSync(path, 'utf8'), { compilerOptions })
  return outputText.replace(/export \{\};/, '').trim() === ''
}

/** Prints how each folder stands; false when one is below its floor. */
export function printFloors(root = projectRoot) {
  const file = join(root, 'coverage', 'coverage-summary.json')
  const rows = checkFloors(existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}, root)
  for (const { folder, percent, floor, ok } of rows) {
    console.log(
      `coverage  ${folder.padEnd(12)} ${String(percent).padStart(5)} % of lines, floor ${floor} %${ok ? '' : '  BELOW'}`
    )
  }
  return rows.every(({ ok }) => ok)
}
