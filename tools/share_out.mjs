import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from './project.mjs'

/**
 * Two lanes of tests that run beside one another: what lies in the folders of `apart`, and whatever else there is, so that
 * a new folder is in one of them. The second names every suite that is not wholly apart: one without any test is then missed
 * there.
 *
 * @param {string[]} suites
 * @param {string[]} apart such as `functional/api`, or a suite
 * @returns {{suites: string[], files: string[]}[]}
 */
export function shareOut(suites, apart, root = projectRoot) {
  const all = suites.flatMap((suite) => specsOf(suite, root))
  const isApart = (file) => apart.some((folder) => file.startsWith(`/tests/${folder}/`))
  const files = all.filter(isApart)
  const first = { suites: suites.filter((suite) => files.some((file) => file.startsWith(`/tests/${suite}/`))), files }
  const rest = { suites: suites.filter((suite) => !apart.includes(suite)), files: all.filter((file) => !isApart(file)) }
  return files.length > 0 ? [first, rest] : [{ ...rest, suites }]
}

/**
 * A lane of some tests of a suite. Throws where there is none: without any file all of them would run.
 *
 * @param {string} suite
 * @param {RegExp} wanted
 * @returns {{suites: string[], files: string[]}}
 */
export function someOf(suite, wanted, root = projectRoot) {
  const files = specsOf(suite, root).filter((file) => wanted.test(file))
  if (files.length === 0) throw new Error(`No test of the suite "${suite}" is named like ${wanted}`)
  return { suites: [suite], files }
}

// The slash in front makes Japa take a name wholly, and no other that ends alike.
function specsOf(suite, root) {
  const names = readdirSync(join(root, 'tests', suite), { recursive: true })
  return names.filter((name) => name.endsWith('.spec.ts')).map((name) => `/tests/${suite}/${name}`)
}
