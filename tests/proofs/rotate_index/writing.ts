import 'reflect-metadata'
import { randomFrom } from '#tests/fuzz/random'
import { openApp, operatorCaller } from '#cli/app_session'

/*
 * One process of several that registers, corrects, imports and searches until it is told to stop; it then tells what it
 * wrote and what it did not find. A row is written by one loop only, which knows what has to be found.
 */
const [name, seed, keptFor] = process.argv.slice(2) as [string, string, string]
await openApp()
const { keepVersionsFor } = await import('#app/keys/index_versions')
const { correctPatient } = await import('#app/patients/correct_patient')
const { searchPatients } = await import('#app/patients/find_patients')
const { registerPatient } = await import('#app/patients/register_patient')
const { LegacySystem } = await import('#tests/functional/imports/legacy_system')

keepVersionsFor(Number(keptFor))

interface Written {
  uuid: string
  version: number
  nationalId: string
  phone: string
}

const LOOPS = 2
/** National ids that all processes want at the same moment. */
const WANTED_AT_ONCE = 3
const told = { registered: 0, corrected: 0, imported: 0, searches: 0, taken: 0, unavailable: 0 }
const missed: string[] = []
let made = 0
let isOver = false
process.on('message', (message) => void (isOver ||= message === 'stop'))

const operator = () => operatorCaller()
const anId = () => `OWN${name}${++made}`
const wantedId = (random: () => number) =>
  `ALL${Math.floor(Date.now() / 400) % 1e8}N${Math.floor(random() * WANTED_AT_ONCE)}`
const aPhone = () => `+2217${name}${String(++made).padStart(7, '0')}`
const aPerson = () => ({ family_name: 'Diop', given_name: `Awa ${name}${made}`, sex: 'female', dob: '1990-01-01' })

async function find(keys: object): Promise<string[]> {
  told.searches++
  const { rows } = await searchPatients(operator(), keys)
  return rows.map(({ uuid }) => uuid)
}

async function register(nationalId: string): Promise<Written | null> {
  const phone = aPhone()
  try {
    const { uuid, version } = await registerPatient(operator(), { ...aPerson(), national_id: nationalId, phone })
    told.registered++
    return { uuid, version, nationalId, phone }
  } catch (error) {
    if (!(error as { code?: string }).code?.startsWith('national_id_taken')) throw error
    told.taken++
    await lookFor({ national_id: nationalId })
    return null
  }
}

async function correct(row: Written) {
  const changes = { national_id: anId(), phone: aPhone() }
  const { version } = await correctPatient(operator(), { id: row.uuid, version: row.version, ...changes })
  const former = row.nationalId
  Object.assign(row, { version, nationalId: changes.national_id, phone: changes.phone })
  told.corrected++
  if ((await find({ national_id: former })).length) missed.push(`${former} was corrected, and is found`)
}

async function importSome(random: () => number) {
  const system = await LegacySystem.create()
  const ids = [anId(), anId(), wantedId(random)]
  const rows = ids.map((national_id) => ({ id: national_id, ...aPerson(), national_id, phone: aPhone() }))
  await system.write('patients.csv', rows)
  await system.import({}, operator())
  told.imported += rows.length
  for (const national_id of ids) await lookFor({ national_id })
}

/** There is one, whoever wrote it. */
async function lookFor(keys: { national_id: string }) {
  const found = await find(keys)
  if (found.length !== 1) missed.push(`${keys.national_id} is found ${found.length} times`)
}

async function search({ uuid, nationalId, phone }: Written) {
  for (const keys of [{ national_id: nationalId }, { phone }]) {
    const found = await find(keys)
    if (found.length !== 1 || found[0] !== uuid) missed.push(`${uuid} by ${JSON.stringify(keys)}: ${found.join()}`)
  }
}

async function loop(random: () => number): Promise<Written[]> {
  const rows: Written[] = []
  const own: Written[] = []
  while (!isOver) {
    try {
      const dice = random()
      const some = rows[Math.floor(random() * rows.length)]
      const changing = own[Math.floor(random() * own.length)]
      if (dice < 0.02) await importSome(random)
      else if (dice < 0.2 || !some || !changing) {
        const row = await register(anId())
        if (row) void (rows.push(row), own.push(row))
      } else if (dice < 0.4) {
        const row = await register(wantedId(random))
        if (row) rows.push(row)
      } else if (dice < 0.55) await correct(changing)
      else await search(some)
    } catch (error) {
      // Locks that were waited for too often: nothing was written.
      if ((error as { code?: string }).code !== 'database_unavailable') throw error
      told.unavailable++
    }
  }
  return rows
}

process.send!({ said: 'begun' })
try {
  const loops = Array.from({ length: LOOPS }, (_, at) => loop(randomFrom(Number(seed) * 10 + at)))
  const rows = (await Promise.all(loops)).flat()
  process.send!({ said: 'done', told, missed, rows }, () => process.exit(0))
} catch (error) {
  process.send!({ said: 'failed', reason: String((error as Error).stack) }, () => process.exit(1))
}
