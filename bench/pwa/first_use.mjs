// A doctor's first use of the app: the first visit, and the first load of the patients.
import { cpuOf } from '../measure.mjs'
import { openPhone } from './phone.mjs'

const PASSPHRASE = 'baobab lune sept tambours'

/**
 * `inHurry`: the tap follows as soon as there is something to read, while the worker still fetches the app.
 * @returns seconds from the first request, and from the tap on which the first load follows, with the line's bytes
 */
export async function firstUse({ line, session, today, patients, pid, inHurry }) {
  const { browser, context, page } = await openPhone()
  try {
    const origin = `http://127.0.0.1:${line.port}`
    await context.addCookies([{ name: 'medinfo_dev', value: session, url: origin }])
    const requests = followLoads(page)
    const { seen, untilKept } = await firstVisit(page, line, origin)
    const shell = { seen, kept: inHurry ? null : await untilKept() }
    const load = await firstLoad(page, line, { today, requests, pid })
    shell.kept ??= await untilKept()
    const stored = await page.evaluate(countOfRows)
    const { paths, credential } = requests
    if (load.total !== patients) throw new Error(`${load.total} patients were announced`)
    return { shell, load, stored, paths, credential }
  } finally {
    await browser.close()
  }
}

function stopwatch(line) {
  const [begun, { up, down }] = [performance.now(), line.bytes]
  return () => ({
    seconds: (performance.now() - begun) / 1000,
    down: line.bytes.down - down,
    up: line.bytes.up - up,
  })
}

/** Somebody is signed in already: what is first seen is the screen on which the device is prepared. */
async function firstVisit(page, line, origin) {
  const since = stopwatch(line)
  await page.goto(`${origin}/app/`, { waitUntil: 'commit' })
  await page.locator('form button[type=submit]').waitFor()
  const seen = since()
  const kept = page.evaluate('navigator.serviceWorker.ready.then(() => true)').then(since)
  return { seen, untilKept: () => kept }
}

/** From the tap on. The load is over when the device asks for what changed since. */
async function firstLoad(page, line, { today, requests, pid }) {
  const shown = (count) =>
    page
      .locator('.today-group li')
      .nth(count - 1)
      .waitFor()
  for (const index of [0, 1]) await page.locator('input[type=password]').nth(index).fill(PASSPHRASE)
  const cpu = cpuOf(pid)
  const since = stopwatch(line)
  const prepared = requests.load.then(since)
  const first = shown(1).then(since)
  const ofToday = shown(today).then(since)
  const all = requests.pull.then(since)
  await page.locator('form button[type=submit]').click()
  const [one, two, three, four] = await Promise.all([prepared, first, ofToday, all])
  const total = await requests.total
  return { prepared: one, first: two, today: three, all: four, total, serverMs: cpuOf(pid) - cpu }
}

function followLoads(page) {
  const seen = { paths: [], credential: null }
  seen.load = page.waitForRequest(/\/sync\/bootstrap/)
  seen.pull = page.waitForRequest(/\/api\/v1\/sync$/)
  seen.total = seen.pull.then(() => totalOf(page))
  page.on('request', (request) => {
    const { pathname, search } = new URL(request.url())
    if (!pathname.endsWith('/sync/bootstrap')) return
    seen.paths.push(pathname + search)
    seen.credential = request.headers().authorization.replace('Device ', '')
  })
  return seen
}

const totalOf = (page) => page.evaluate(countOfPatients)

/* In the page; where nothing of the page but the database is used. */
const inStore = (work) => `new Promise((resolve, reject) => {
  const opening = indexedDB.open('medinfo')
  opening.onerror = () => reject(opening.error)
  opening.onsuccess = () => {
    const counted = opening.result.transaction('rows').objectStore('rows').${work}
    counted.onsuccess = () => { opening.result.close(); resolve(counted.result) }
  }
})`
const countOfRows = inStore('count()')
const countOfPatients = inStore("count(IDBKeyRange.bound('patient/', 'patient0'))")
