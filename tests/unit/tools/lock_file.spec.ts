import { readFileSync } from 'node:fs'
import { test } from '@japa/runner'

interface Entry {
  resolved?: string
  dependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
}

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Entry> }

/** Where Node would look for `name` from the package at `path`: in its own node_modules, then in each one above. */
function isLocked(name: string, path: string): boolean {
  const prefix = path === '' ? '' : `${path}/`
  if (`${prefix}node_modules/${name}` in packages) return true
  if (path === '') return false
  return isLocked(name, path.slice(0, Math.max(0, path.lastIndexOf('node_modules/') - 1)))
}

test.group('The lock file', () => {
  // npm leaves out an optional package that its registry lacks, and then `npm ci` refuses the whole lock file.
  test('names every package that another one asks for, those of other systems too', ({ assert }) => {
    const missing = Object.entries(packages).flatMap(([path, { dependencies, optionalDependencies }]) =>
      Object.keys({ ...dependencies, ...optionalDependencies })
        .filter((name) => !isLocked(name, path))
        .map((name) => `${name}, asked for by ${path || 'package.json'}`)
    )
    assert.deepEqual(missing, [])
  })

  test('names no registry, so that each machine asks its own', ({ assert }) => {
    const named = Object.entries(packages).filter(([, { resolved }]) => resolved?.startsWith('http'))
    assert.deepEqual(named, [])
  })
})
