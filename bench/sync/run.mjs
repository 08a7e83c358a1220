// node bench/sync/run.mjs [--changes N --rounds N]
// What a device sends in one call beside the same writes by the API, one after the other on one connection as a device
// without a queue would; and a pull of many changes.
import { createHash, randomBytes } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import { endAll, printTable, ratio, startServers } from '../http/compare.mjs'
import { answerOf, cpuOf, median } from '../measure.mjs'
import { options, prepareBench } from '../setup.mjs'

const PUSHED = 200
const PATIENTS = 20
const { changes, rounds } = options({ changes: 10_000, rounds: 5 })
const bench = await prepareBench()
const children = []
let clientSeq = 0
try {
  bench.medinfo('migrate', '--json')
  const token = bench.tokenOf('doctor')
  const db = await bench.connect()
  const device = await deviceOf(db, 'doctor@example.org')
  await db.end()
  const [{ port, pid }] = await startServers(bench, [['medinfo', 'build/bin/server.js']], children)
  const api = (method, path, body) =>
    expected(201, { port, method, path: `/api/v1/${path}`, token, body, headers: { 'idempotency-key': uuidv7() } })
  const patients = []
  for (let n = 0; n < PATIENTS; n++) patients.push((await api('POST', 'patients', aPatient(n))).data.id)
  const aNote = (n) => ({ patient_id: patients[n % PATIENTS], type: 'note', description: `Note ${n}, bien tolérée` })
  const start = await sync(port, device, { cursor: null })

  const rates = { api: [], push: [] }
  const costs = { api: [], push: [] }
  const measured = async (kind, isCounted, work) => {
    const [cpu, begun] = [cpuOf(pid), performance.now()]
    await work()
    if (!isCounted) return
    rates[kind].push((PUSHED * 1000) / (performance.now() - begun))
    costs[kind].push(((cpuOf(pid) - cpu) * 1000) / PUSHED)
  }
  for (let round = 0; round <= rounds; round++) {
    await measured('api', round, async () => {
      for (let n = 0; n < PUSHED; n++) await api('POST', 'medical-records', { id: uuidv7(), ...aNote(n) })
    })
    await measured('push', round, () => push(port, device, start.epoch, aNote))
  }
  const [byApi, byPush] = [median(rates.api), median(rates.push)]
  printTable(
    ['writes', 'a second', 'CPU of the server, µs each', 'beside the API'],
    [
      ['by the API', byApi.toFixed(0), median(costs.api).toFixed(0), null],
      [`pushed, ${PUSHED} a call`, byPush.toFixed(0), median(costs.push).toFixed(0), ratio(byPush, byApi)],
    ]
  )

  const cursor = await positionNow(port, device)
  for (let n = 0; n < changes / PUSHED; n++) await push(port, device, start.epoch, aNote)
  const [cpu, begun] = [cpuOf(pid), performance.now()]
  const pulled = await pullAll(port, device, start.epoch, cursor)
  const seconds = (performance.now() - begun) / 1000
  printTable(
    ['pulled', 'calls', 'seconds', 'changes a second', 'CPU of the server, µs each'],
    [
      [
        pulled.changes,
        pulled.calls,
        seconds.toFixed(1),
        (pulled.changes / seconds).toFixed(0),
        (((cpuOf(pid) - cpu) * 1000) / pulled.changes).toFixed(0),
      ],
    ]
  )
} finally {
  await endAll(children)
  await bench.end()
}

function aPatient(n) {
  return { family_name: 'Ndiaye', given_name: `Awa ${n}`, sex: 'female', dob: '1988-04-02' }
}

async function expected(status, request) {
  const { status: got, body } = await answerOf(request)
  if (got !== status) throw new Error(`${request.method} ${request.path} answered ${got} ${JSON.stringify(body)}`)
  return body
}

/** A device whose person has signed in on it, as enrolling makes it. */
async function deviceOf(db, email) {
  const [uuid, credential] = [uuidv7(), randomBytes(32).toString('base64url')]
  await db.query(
    `insert into sync_devices (uuid, user_id, name, credential_hash, credential_expires_at, sign_in_epoch, created_at, updated_at)
     select ?, id, 'bench', ?, utc_timestamp(3) + interval 30 day, sign_in_epoch, utc_timestamp(3), utc_timestamp(3)
     from users where email = ?`,
    [uuid, createHash('sha256').update(credential).digest('hex'), email]
  )
  return { uuid, credential }
}

function sync(port, { uuid, credential }, more) {
  const headers = { authorization: `Device ${credential}` }
  const body = { protocol: 1, device_id: uuid, epoch: null, cursor: null, mutations: [], ...more }
  return expected(200, { port, method: 'POST', path: '/api/v1/sync', headers, body })
}

async function push(port, device, epoch, make) {
  const mutations = Array.from({ length: PUSHED }, (_, n) => ({
    mutation_id: uuidv7(),
    client_seq: ++clientSeq,
    name: 'records.add',
    client_generated_uuid: uuidv7(),
    ...{ base_version: null, base: null, data: make(n), depends_on: [] },
    client_updated_at: new Date().toISOString(),
  }))
  const { results } = await sync(port, device, { epoch, mutations })
  const other = results.find(({ status }) => status !== 'applied')
  if (other) throw new Error(`a mutation was ${JSON.stringify(other)}`)
}

/** Where a device stands that has loaded everything. */
async function positionNow(port, { credential }) {
  const response = await fetch(`http://127.0.0.1:${port}/api/v1/sync/bootstrap`, {
    headers: { authorization: `Device ${credential}` },
  })
  const [begin] = (await response.text()).split('\n')
  return JSON.parse(begin).cursor
}

async function pullAll(port, device, epoch, cursor) {
  let [calls, pulled] = [0, 0]
  for (;;) {
    const answer = await sync(port, device, { epoch, cursor, limit: 500 })
    calls++
    pulled += answer.changes.length
    cursor = answer.cursor
    if (!answer.has_more) return { calls, changes: pulled }
  }
}
