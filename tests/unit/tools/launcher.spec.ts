import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from '@japa/runner'

const PROGRAM = 'console.log(JSON.stringify([process.execPath, process.argv.slice(2), process.env.MEDINFO_HOME]))'
const SYSTEM = '/usr/bin:/bin'

function write(path: string, content: string, mode = 0o644) {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
  chmodSync(path, mode)
}

/** A folder with the launcher in it and, unless told otherwise, this Node as the packaged one. */
function makeHome(files: Record<string, string>, { packaged = true } = {}) {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'medinfo-launcher-')))
  const home = join(root, 'medinfo')
  for (const [path, content] of Object.entries(files)) write(join(home, path), content)
  mkdirSync(join(home, 'bin'), { recursive: true })
  cpSync(join(process.cwd(), 'bin', 'medinfo'), join(home, 'bin', 'medinfo'))
  if (packaged) linkNode(join(home, 'node_modules'))
  return { root, home, remove: () => rmSync(root, { recursive: true, force: true }) }
}

function linkNode(modules: string) {
  const node = join(modules, `node-linux-${process.arch}`, 'bin', 'node')
  mkdirSync(dirname(node), { recursive: true })
  symlinkSync(process.execPath, node)
}

/** A `node` for the PATH that says how old it is and prints what it was asked to run. */
function fakeNode(folder: string, version: string) {
  write(join(folder, 'node'), `#!/bin/sh\nif [ "$1" = --version ]; then echo ${version}; else echo "$@"; fi\n`, 0o755)
}

function launch(program: string, args: string[] = [], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', env: { PATH: SYSTEM, ...env } })
  return { status, stdout: stdout.trim(), stderr: stderr.trim() }
}

test.group('The launcher bin/medinfo', (group) => {
  let homes: { remove(): void }[] = []
  const home = (...args: Parameters<typeof makeHome>) => {
    const made = makeHome(...args)
    homes.push(made)
    return made
  }
  group.each.teardown(() => {
    homes.forEach(({ remove }) => remove())
    homes = []
  })

  test('without a Node that is new enough, says so in the language of the locale and ends with 1', ({ assert }) => {
    const { root, home: folder } = home({ 'cli/run.js': PROGRAM }, { packaged: false })
    fakeNode(join(root, 'old'), 'v20.11.0')
    const path = `${join(root, 'old')}:${SYSTEM}`
    const french = launch(join(folder, 'bin/medinfo'), [], { PATH: path, LANG: 'fr_FR.UTF-8' })
    assert.equal(french.status, 1)
    assert.match(french.stderr, /^MedInfo a besoin de Node 24 .* v20\.11\.0/)
    const english = launch(join(folder, 'bin/medinfo'), [], { PATH: path, LANG: 'fr_FR.UTF-8', LC_ALL: 'en_GB' })
    assert.match(english.stderr, /^MedInfo needs Node 24 .* v20\.11\.0/)
  })

  test("takes the machine's own Node when none is packaged", ({ assert }) => {
    const { root, home: folder } = home({ 'cli/run.js': PROGRAM }, { packaged: false })
    fakeNode(join(root, 'new'), 'v26.1.0')
    const { stdout } = launch(join(folder, 'bin/medinfo'), ['doctor'], { PATH: `${join(root, 'new')}:${SYSTEM}` })
    assert.equal(stdout, `${folder}/cli/run.js doctor`)
  })

  test('runs the build of a checkout with the packaged Node, arguments untouched', ({ assert }) => {
    const { home: folder } = home({ 'build/cli/run.js': PROGRAM, 'build/.sources-hash': 'x' })
    const { stdout, status } = launch(join(folder, 'bin/medinfo'), ['import', '--file', 'a b.csv', ''])
    assert.equal(status, 0)
    assert.deepEqual(JSON.parse(stdout), [process.execPath, ['import', '--file', 'a b.csv', ''], folder])
  })

  test('finds its home through symbolic links, relative ones too', ({ assert }) => {
    const { root, home: folder } = home({ 'build/cli/run.js': PROGRAM, 'build/.sources-hash': 'x' })
    symlinkSync('medinfo/bin/medinfo', join(root, 'first'))
    symlinkSync(join(root, 'first'), join(root, 'second'))
    assert.equal(JSON.parse(launch(join(root, 'second')).stdout)[2], folder)
  })

  test('keeps the MEDINFO_HOME that it is given', ({ assert }) => {
    const { home: folder } = home({ 'cli/run.js': PROGRAM })
    const { stdout } = launch(join(folder, 'bin/medinfo'), [], { MEDINFO_HOME: '/srv/clinic' })
    assert.equal(JSON.parse(stdout)[2], '/srv/clinic')
  })

  test('in an installed package, the packaged Node may lie beside it', ({ assert }) => {
    const { root, home: folder } = home({ 'cli/run.js': PROGRAM }, { packaged: false })
    linkNode(root)
    assert.equal(JSON.parse(launch(join(folder, 'bin/medinfo')).stdout)[0], process.execPath)
  })

  test('builds first when there is no build, and a failed build ends it', ({ assert }) => {
    const { root, home: folder } = home({ 'tools/build.mjs': '' })
    write(join(root, 'path/node'), '#!/bin/sh\necho "built with $*" >&2\nexit 1\n', 0o755)
    const { status, stderr, stdout } = launch(join(folder, 'bin/medinfo'), [], { PATH: `${root}/path:${SYSTEM}` })
    assert.equal(status, 1)
    assert.equal(stderr, `built with ${folder}/tools/build.mjs --to-stderr`)
    assert.equal(stdout, '')
  })
})
