// The clinicians' app: bundled to public/app, with its service worker, within the budget of a slow line.
import { readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { isMain, projectRoot } from './project.mjs'

/** What has to arrive before anything is seen: the entry with its static imports and style sheets, packed by gzip. */
export const ENTRY_BUDGET = 80 * 1024

/** Builds it. Throws when the entry is above its budget. Answers a line for each file: name, bytes and packed bytes. */
export async function buildPwa({ root = projectRoot, outDir = join(root, 'public/app') } = {}) {
  const { build } = await import('vite')
  const configFile = join(root, 'resources/pwa/vite.config.ts')
  await build({ configFile, logLevel: 'warn', build: { outDir } })
  const manifest = JSON.parse(readFileSync(join(outDir, '.vite/manifest.json'), 'utf8'))
  rmSync(join(outDir, '.vite'), { recursive: true })
  const report = weigh(manifest, outDir)
  if (report.entry.packed > ENTRY_BUDGET)
    throw new Error(
      `${describe(report)}\nThe entry is above its budget of ${ENTRY_BUDGET} bytes: load something later.`
    )
  await writeServiceWorker(outDir)
  return report
}

/** Of the manifest that Vite writes: the entry's files, and the chunks that are loaded later. */
export function weigh(manifest, outDir) {
  const entry = Object.keys(manifest).find((key) => manifest[key].isEntry)
  const first = new Set()
  const visit = (key) => {
    const { file, css = [], imports = [] } = manifest[key]
    if (first.has(file)) return
    for (const each of [file, ...css]) first.add(each)
    imports.forEach(visit)
  }
  visit(entry)
  const all = new Set(Object.values(manifest).flatMap(({ file, css = [] }) => [file, ...css]))
  const weighed = (files) => files.map((file) => weightOf(outDir, file)).sort((one, other) => other.packed - one.packed)
  const [now, later] = [weighed([...first]), weighed([...all].filter((file) => !first.has(file)))]
  return { entry: { files: now, packed: sumOf(now) }, later: { files: later, packed: sumOf(later) } }
}

export function describe({ entry, later }) {
  const lines = ({ files }) => files.map(({ file, bytes, packed }) => `  ${packed} (${bytes}) ${file}`)
  return [`entry ${entry.packed} bytes by gzip`, ...lines(entry), `later ${later.packed}`, ...lines(later)].join('\n')
}

function weightOf(outDir, file) {
  const path = join(outDir, file)
  return { file, bytes: statSync(path).size, packed: gzipSync(readFileSync(path)).length }
}

const sumOf = (files) => files.reduce((sum, { packed }) => sum + packed, 0)

/** Everything is there without a network, and a new release waits until the person lets it in. */
async function writeServiceWorker(outDir) {
  const { generateSW } = await import('workbox-build')
  const { warnings } = await generateSW({
    globDirectory: outDir,
    globPatterns: ['**/*.{html,js,css,svg,png,webmanifest}'],
    // Shown before the app is installed, and never by itself.
    globIgnores: ['screenshots/**'],
    dontCacheBustURLsMatching: /\/assets\//,
    modifyURLPrefix: { '': '/app/' },
    swDest: join(outDir, 'sw.js'),
    navigateFallback: '/app/index.html',
    navigateFallbackAllowlist: [/^\/app\//],
    skipWaiting: false,
    clientsClaim: true,
    cleanupOutdatedCaches: true,
    inlineWorkboxRuntime: true,
    sourcemap: false,
    disableDevLogs: true,
  })
  if (warnings.length) throw new Error(warnings.join('\n'))
}

if (isMain(import.meta.url)) console.log(describe(await buildPwa()))
