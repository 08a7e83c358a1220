// In the environment of the application: node bench/audit/measure_audit.mjs <rows> <rounds>
// Fills and seals an audit, verifies it beside a loop that streams the same rows and hashes each, and says what writing
// the entry of a read costs where sixteen come at once. Prints JSON.
import { createHash, hash } from 'node:crypto'
import mysql from 'mysql2'
import { openApp } from '../../build/cli/app_session.js'
import { median } from '../measure.mjs'
import { anEntry, fillAudit, reader } from './fill.mjs'

const LANES = 16
const [count, rounds] = process.argv.slice(2).map(Number)
const close = await openApp()
const { default: db } = await import('@adonisjs/lucid/services/db')
const { recordRead } = await import('../../build/app/audit/record.js')
const { verifyAudit } = await import('../../build/app/audit/verify_audit.js')
const { AUDIT_COLUMNS } = await import('../../build/app/audit/audit_entry.js')

await fillAudit(db.connection(), count)

const seconds = { stream: [], verify: [] }
let rows = 0
for (let round = 0; round <= rounds; round++) {
  const [streamed, byStream] = await timed(streamAndHash)
  const [{ rows: verified, count: findings }, byVerify] = await timed(() => verifyAudit(db.connection()))
  if (findings || streamed !== verified) throw new Error(`${findings} findings, ${streamed} rows beside ${verified}`)
  rows = verified
  if (round) seconds.stream.push(byStream) && seconds.verify.push(byVerify)
}
const readMicroseconds = []
for (let round = 0; round <= rounds; round++) {
  const before = process.cpuUsage()
  await readInLanes(4000)
  const { user, system } = process.cpuUsage(before)
  if (round) readMicroseconds.push((user + system) / 4000)
}
await close()
console.log(
  JSON.stringify({
    rows,
    stream: median(seconds.stream),
    verify: median(seconds.verify),
    entry: median(readMicroseconds),
  })
)

async function timed(work) {
  const begun = performance.now()
  const result = await work()
  return [result, (performance.now() - begun) / 1000]
}

/** The rows in their order, and one SHA-256 over all columns of each: nothing is compared. */
async function streamAndHash() {
  const { DB_HOST: host, DB_PORT: port, DB_USERNAME: user, DB_PASSWORD: password, DB_DATABASE: database } = process.env
  const connection = mysql.createConnection({ host, port: Number(port), user, password, database, dateStrings: true })
  const sql = `select ${AUDIT_COLUMNS.join(', ')}, mac from audit_logs order by id`
  const all = createHash('sha256')
  let streamed = 0
  for await (const row of connection.query(sql).stream({ highWaterMark: 1000 })) {
    all.update(hash('sha256', Object.values(row).join('\u0000'), 'buffer'))
    streamed++
  }
  connection.destroy()
  return streamed
}

async function readInLanes(wanted) {
  let next = 0
  const lane = async () => {
    while (next++ < wanted) await recordRead(() => db.connection(), reader, anEntry())
  }
  await Promise.all(Array.from({ length: LANES }, lane))
}
