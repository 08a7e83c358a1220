// The clinicians' app: bundled to public/app, with its service worker, within the budget of a slow line.
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { isMain, projectRoot } from './project.mjs'

/** What has to arrive before anything is seen: the entry with its static imports and style sheets, packed by gzip. */
export const ENTRY_BUDGET = 80 * 1024

/** The texts of whoever has not chosen another language on the device, in the sources. */
const FIRST_TEXTS = 'texts/all_fr.ts'
/** Of the six connections that a browser opens to a server without HTTP/2, some are left for what somebody waits for. */
const FETCHED_AT_ONCE = 4

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
  preloadFirstTexts(manifest, outDir)
  await writeServiceWorker(outDir)
  return report
}

/** Before anything is seen the entry asks for its texts: named in the page, they come beside it and not after it. */
function preloadFirstTexts(manifest, outDir) {
  const texts = manifest[FIRST_TEXTS]
  if (!texts) return
  const page = join(outDir, 'index.html')
  const link = `<link rel="modulepreload" crossorigin href="/app/${texts.file}">`
  writeFileSync(page, readFileSync(page, 'utf8').replace('</head>', `  ${link}\n  </head>`))
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
  const swDest = join(outDir, 'sw.js')
  const named = []
  const { warnings } = await generateSW({
    globDirectory: outDir,
    globPatterns: ['**/*.{html,js,css,svg,png,webmanifest}'],
    // Shown before the app is installed, and never by itself.
    globIgnores: ['screenshots/**'],
    dontCacheBustURLsMatching: /\/assets\//,
    modifyURLPrefix: { '': '/app/' },
    manifestTransforms: [
      (entries) => {
        named.push(...entries.filter(({ revision }) => revision === null).map(({ url }) => url))
        return { manifest: entries, warnings: [] }
      },
    ],
    swDest,
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
  const ahead = `${fetchAhead}\nfetchAhead(${JSON.stringify(named)}, ${FETCHED_AT_ONCE})\n`
  writeFileSync(swDest, ahead + readFileSync(swDest, 'utf8'))
}

/*
 * Goes into the worker as it stands here. Workbox fetches one file after the other, a round trip each. Meanwhile this
 * brings the last ones, some at once, into the browser's own cache, where Workbox finds them: they have a digest in their
 * name and are kept there for good. What an earlier release left on the device is not fetched. Whatever fails here
 * Workbox meets itself.
 */
/* global self, caches */
export function fetchAhead(urls, atOnce) {
  const waiting = [...urls]
  const fetchNext = async () => {
    const url = waiting.pop()
    if (!url) return
    const held = await caches.match(url)
    if (!held) await fetch(url, { credentials: 'same-origin', priority: 'low' }).then((answer) => answer.arrayBuffer())
    return fetchNext()
  }
  self.addEventListener('install', () => {
    for (let run = 0; run < atOnce; run++) fetchNext().catch(() => {})
  })
}

if (isMain(import.meta.url)) console.log(describe(await buildPwa()))
