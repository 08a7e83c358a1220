// Searching among the patients on a device, by the app's own store and index in a browser.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectRoot } from '../../tools/project.mjs'
import { patientAt } from '../../tools/sample/people.mjs'
import { Random } from '../../tools/sample/random.mjs'
import { median } from '../measure.mjs'
import { openPhone } from './phone.mjs'

const SEED = '20260101'
const SEARCHES = 50
const ORIGIN = 'http://localhost/app/'

export async function searchAmong(count) {
  const people = Array.from({ length: count }, (_, index) => personAt(index))
  const folder = mkdtempSync(join(tmpdir(), 'medinfo-probe-'))
  const { browser, page } = await openPhone({ serviceWorkers: 'block' })
  try {
    await buildProbe(folder)
    await page.route('**/*', (route) => answer(route, folder))
    await page.goto(ORIGIN)
    const probe = (call, given) => page.evaluate(`import('/app/probe.js').then((probe) => probe.${call})`, given)
    await probe(`fill(${JSON.stringify(people)})`)
    const { patients, taken: unlocked } = await probe('open()')
    const taken = await probe(`search(${JSON.stringify(searchesFor(people))})`)
    const [slowest] = taken.toSorted((one, other) => other.taken - one.taken)
    if (!taken.some(({ found }) => found)) throw new Error('No search found anybody')
    const times = taken.map((each) => each.taken)
    return { patients, median: median(times), worst: slowest.taken, slowest: slowest.text, unlocked }
  } finally {
    await browser.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function buildProbe(folder) {
  const { build } = await import('vite')
  await build({
    configFile: join(projectRoot, 'resources/pwa/vite.config.ts'),
    logLevel: 'warn',
    publicDir: false,
    build: {
      outDir: folder,
      lib: { entry: join(projectRoot, 'bench/pwa/probe.mjs'), formats: ['es'], fileName: () => 'probe.js' },
    },
  })
}

function answer(route, folder) {
  const { pathname } = new URL(route.request().url())
  if (!pathname.endsWith('.js'))
    return route.fulfill({ contentType: 'text/html', body: '<!doctype html><title></title>' })
  return route.fulfill({
    contentType: 'text/javascript',
    body: readFileSync(join(folder, pathname.replace('/app/', ''))),
  })
}

/** As the API shows a patient. */
function personAt(index) {
  const { number, family, given, sex, born, phone, nationalId } = patientAt(SEED, index)
  const id = `0190a000-0000-7000-8000-${String(index).padStart(12, '0')}`
  const names = { family_name: family, given_name: given, sex: sex === 'F' ? 'female' : 'male' }
  const numbers = { mrn: number, phone: phone || null, national_id: nationalId || null }
  return { id, version: 1, ...names, ...numbers, dob: born.toISOString().slice(0, 10) }
}

/** Ten of each kind: the beginning of a name, both names, misspelt, the end of a phone number, and a date of birth. */
function searchesFor(people) {
  const chance = new Random('searches', people.length)
  const kinds = [
    ({ family_name: name }) => name.slice(0, 2),
    ({ family_name: family, given_name: given }) => `${given} ${family}`,
    ({ family_name: family, given_name: given }) => `${family.replace(/(.)\1|[hy]/, '$1')}e ${given}`,
    ({ phone }) => (phone ?? '77 123 45 67').slice(-8),
    ({ dob }) => dob.split('-').reverse().join('/'),
  ]
  return Array.from({ length: SEARCHES }, (_, n) => kinds[n % kinds.length](people[chance.whole(0, people.length - 1)]))
}
