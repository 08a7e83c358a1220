import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { runInNewContext } from 'node:vm'
import { gzipSync } from 'node:zlib'
import { test } from '@japa/runner'
import { buildPwa, ENTRY_BUDGET, fetchAhead, weigh } from '../../../tools/build_pwa.mjs'

function folder(files: Record<string, string> = {}) {
  const path = mkdtempSync(join(tmpdir(), 'medinfo-build-pwa-'))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true })
    writeFileSync(join(path, name), content)
  }
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

/** An app whose entry has so many characters that nothing packs. */
const appOf = (characters: number) =>
  folder({
    'resources/pwa/vite.config.ts': `export default {
      root: import.meta.dirname, base: '/app/', build: { manifest: true, emptyOutDir: true },
    }`,
    'package.json': '{ "type": "module" }',
    'resources/pwa/index.html': '<!doctype html><script type="module" src="./main.js"></script>',
    'resources/pwa/main.js': `document.title = '${randomBytes(characters).toString('base64').slice(0, characters)}'`,
  })

test.group('What the app weighs', () => {
  const CHUNKS = {
    'assets/index.js': 'entry',
    'assets/shell.js': 'what the entry imports',
    'assets/deep.js': 'what that imports',
    'assets/shell.css': 'its style',
    'assets/screen.js': 'a screen that is loaded later',
    'assets/screen.css': 'and the style of that screen',
  }
  const MANIFEST = {
    'index.html': { file: 'assets/index.js', isEntry: true, imports: ['_shell'], dynamicImports: ['screen.tsx'] },
    '_shell': { file: 'assets/shell.js', css: ['assets/shell.css'], imports: ['_deep'] },
    '_deep': { file: 'assets/deep.js', imports: ['_shell'] },
    'screen.tsx': { file: 'assets/screen.js', css: ['assets/screen.css'], imports: ['_shell'], isDynamicEntry: true },
  }
  const packed = (...files: (keyof typeof CHUNKS)[]) =>
    files.reduce((sum, file) => sum + gzipSync(CHUNKS[file]).length, 0)

  test('the entry counts with all that it imports and its style, packed, and a lazy screen does not', ({
    assert,
    cleanup,
  }) => {
    const { path, remove } = folder(CHUNKS)
    cleanup(remove)
    const { entry, later } = weigh(MANIFEST, path)
    const names = (files: { file: string }[]) => files.map(({ file }) => file).sort()
    assert.deepEqual(names(entry.files), ['assets/deep.js', 'assets/index.js', 'assets/shell.css', 'assets/shell.js'])
    assert.equal(entry.packed, packed('assets/deep.js', 'assets/index.js', 'assets/shell.css', 'assets/shell.js'))
    assert.deepEqual(names(later.files), ['assets/screen.css', 'assets/screen.js'])
    assert.equal(later.packed, packed('assets/screen.css', 'assets/screen.js'))
  })

  test('an entry above the budget fails the build, and says by how much', async ({ assert, cleanup }) => {
    const { path, remove } = appOf(ENTRY_BUDGET * 1.5)
    cleanup(remove)
    await assert.rejects(
      () => buildPwa({ root: path, outDir: join(path, 'public') }),
      /entry \d{5,} bytes by gzip[^]*above its budget of 81920 bytes/
    )
    assert.lengthOf(globSync('public/sw.js', { cwd: path }), 0)
  })

  test('an entry below it is built with its service worker', async ({ assert, cleanup }) => {
    const { path, remove } = appOf(ENTRY_BUDGET / 2)
    cleanup(remove)
    const { entry } = await buildPwa({ root: path, outDir: join(path, 'public') })
    assert.isBelow(entry.packed, ENTRY_BUDGET)
    assert.lengthOf(globSync('public/sw.js', { cwd: path }), 1)
  })
})

/** Names of XML languages, and what libraries say when they are used wrongly: nobody asks these. */
const isWord = (address: string) =>
  address.startsWith('http://www.w3.org/') ||
  [
    'https://bit.ly/wb-precache',
    'https://github.com/preactjs/preact-iso#locationprovider',
    'https://github.com/uuidjs/uuid#getrandomvalues-not-supported',
  ].includes(address)

test.group('The built app', (group) => {
  let built: ReturnType<typeof folder>
  group.setup(async () => {
    built = folder()
    // In a process of its own: what is bundled while NODE_ENV is `test` is not what people get.
    const script = `import('./tools/build_pwa.mjs').then(({ buildPwa }) => buildPwa({ outDir: process.argv[1] }))`
    const env = { ...process.env, NODE_ENV: 'production' }
    await promisify(execFile)(process.execPath, ['-e', script, built.path], { env })
    return () => built.remove()
  })
  group.each.timeout(60_000)

  const textFiles = () => globSync('**/*.{js,css,html,svg,webmanifest}', { cwd: built.path })
  const read = (file: string) => readFileSync(join(built.path, file), 'utf8')

  test('asks nobody but its own server', ({ assert }) => {
    const named = textFiles().flatMap((file) => read(file).match(/https?:\/\/[\w./#-]+/g) ?? [])
    assert.deepEqual([...new Set(named)].filter((address) => !isWord(address)).sort(), [])
  })

  test('has no source map and no folder of the machine that built it', ({ assert }) => {
    assert.lengthOf(globSync('**/*.map', { cwd: built.path }), 0)
    for (const file of textFiles()) {
      assert.notInclude(read(file), 'sourceMappingURL', file)
      assert.notInclude(read(file), process.cwd(), file)
    }
  })

  test('keeps all on the device but the pictures for the shop', ({ assert }) => {
    const kept = read('sw.js')
    const isKept = (file: string) => kept.includes(`/app/${file}`)
    const files = globSync('{assets,icons,screenshots}/*', { cwd: built.path })
    assert.deepEqual(
      files.filter((file) => !isKept(file)).sort(),
      files.filter((file) => file.startsWith('screenshots/')).sort()
    )
    assert.isTrue(isKept('index.html'))
  })

  test('fetches ahead in the worker what never changes, and only that', ({ assert }) => {
    const [, urls] = /\nfetchAhead\((\[.*?\]), \d\)/.exec(read('sw.js'))!
    const assets = globSync('assets/*', { cwd: built.path }).map((file) => `/app/${file}`)
    assert.sameMembers(JSON.parse(urls!), assets)
  })

  test('names the French texts in the page, so that they come beside the entry', ({ assert }) => {
    const [, href] = /<link rel="modulepreload" crossorigin href="\/app\/(assets\/all_fr-[^"]+)">/.exec(
      read('index.html')
    )!
    assert.include(globSync('assets/*', { cwd: built.path }), href!)
  })
})

test.group('What the worker fetches ahead', () => {
  /** The function as it stands in the worker, in a world of its own; `install` says that the browser installs it. */
  function aWorker({ held = [] as string[], failing = '' } = {}) {
    const asked: string[] = []
    const answers: (() => void)[] = []
    const listeners: Record<string, () => void> = {}
    const world = {
      self: { addEventListener: (name: string, listener: () => void) => (listeners[name] = listener) },
      caches: { match: async (url: string) => held.includes(url) || undefined },
      async fetch(url: string) {
        asked.push(url)
        await new Promise<void>((resolve) => answers.push(resolve))
        if (url === failing) throw new TypeError('no network')
        return { arrayBuffer: async () => {} }
      },
    }
    const begin = (urls: string[], atOnce: number) => {
      runInNewContext(`${fetchAhead}\nfetchAhead(urls, atOnce)`, { ...world, urls, atOnce })
      listeners.install!()
      return settle()
    }
    const answerOne = () => (answers.shift()!(), settle())
    return { asked, begin, answerOne }
  }
  const settle = () => new Promise((resolve) => setImmediate(resolve))

  test('begins with the last, as Workbox does with the first, and so many at once', async ({ assert }) => {
    const { asked, begin, answerOne } = aWorker()
    await begin(['a', 'b', 'c', 'd'], 2)
    assert.deepEqual(asked, ['d', 'c'])
    await answerOne()
    assert.deepEqual(asked, ['d', 'c', 'b'])
  })

  test('leaves alone what an earlier release has left on the device', async ({ assert }) => {
    const { asked, begin } = aWorker({ held: ['b', 'c'] })
    await begin(['a', 'b', 'c'], 2)
    assert.deepEqual(asked, ['a'])
  })

  test('a file that does not come stops no other, and not the worker', async ({ assert }) => {
    const { asked, begin, answerOne } = aWorker({ failing: 'c' })
    await begin(['a', 'b', 'c'], 2)
    await answerOne()
    await answerOne()
    assert.deepEqual(asked, ['c', 'b', 'a'])
  })
})
