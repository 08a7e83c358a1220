// Prints, for each kind of search, each query with the rows that the database examined for it, and some patients' uuids.
// Usage, in the environment of the application: node bench/search/rows.mjs <patients> <count>
import Sqlite from 'better-sqlite3'
import mysql from 'mysql2/promise'
import { openApp, operatorCaller } from '../../build/cli/app_session.js'
import { sqliteFile } from '../../build/start/env.js'
import { drawSearches } from './draw.mjs'

const { DB_CONNECTION, DB_HOST, DB_PORT, DB_USERNAME, DB_PASSWORD, DB_DATABASE } = process.env
const isMysql = DB_CONNECTION === 'mysql'

/** Rows that each access to a table gave, before any condition that no index served, by ANALYZE FORMAT=JSON. */
async function mariadbCounter() {
  const settings = { host: DB_HOST, port: Number(DB_PORT), user: DB_USERNAME, password: DB_PASSWORD }
  const connection = await mysql.createConnection({ ...settings, database: DB_DATABASE })
  return {
    async examined(sql, bindings) {
      const [[row]] = await connection.query(`analyze format=json ${sql}`, bindings)
      if (process.env.SHOW_PLANS) console.error(row.ANALYZE)
      return rowsIn(JSON.parse(row.ANALYZE))
    },
    end: () => connection.end(),
  }
}

function rowsIn(node) {
  if (node === null || typeof node !== 'object') return 0
  // What an index condition has dropped was read as well.
  const read = (node.r_rows ?? 0) / ((node.r_icp_filtered ?? 100) / 100 || 1)
  const own = node.table_name === undefined ? 0 : read * (node.r_loops ?? 0)
  return own + Object.values(node).reduce((sum, each) => sum + rowsIn(each), 0)
}

// A column that all indexes of the table hold, so that a row is counted before a condition on another drops it.
const KEY_OF_TABLE = {
  patients: 'id',
  patient_names: 'patient_id',
  blind_indexes: 'token',
  unique_blind_indexes: 'token',
}

/**
 * SQLite tells nobody how many rows it has read. Views of the same names take the tables' places, whose one condition is
 * a function that counts: SQLite merges them into the statement, and asks the function first for each row that an index
 * range gives. Throws where that changed the plan.
 */
function sqliteCounter() {
  const counting = new Sqlite(sqliteFile(), { readonly: true })
  const plain = new Sqlite(sqliteFile(), { readonly: true })
  let rows = 0
  counting.function('count_row', { deterministic: false, varargs: false }, (key) => (key === null ? 0 : (rows++, 1)))
  for (const [table, key] of Object.entries(KEY_OF_TABLE))
    counting.exec(`create temp view ${table} as select * from main.${table} where count_row(${key})`)
  const planOf = (connection, sql, bindings) =>
    connection
      .prepare(`explain query plan ${sql}`)
      .all(bindings)
      .map(({ detail }) => detail.replace(/(?<=^(SCAN|SEARCH)) \S+| EXISTS|(?<=AUTOMATIC )PARTIAL /g, ''))
      .filter((detail) => /^(SCAN|SEARCH)/.test(detail))
      .join('\n')
  return {
    async examined(sql, bindings) {
      const [plan, counted] = [plain, counting].map((connection) => planOf(connection, sql, bindings))
      if (process.env.SHOW_PLANS) console.error(sql, bindings, plan)
      if (plan !== counted) throw new Error(`counting changed the plan of ${sql}\n${plan}\nbecame\n${counted}`)
      rows = 0
      counting.prepare(sql).all(bindings)
      return rows
    },
    async end() {
      counting.close()
      plain.close()
    },
  }
}

/** The statements that `work` causes on the tables that a search reads. */
async function statementsOf(work) {
  const statements = []
  const listen = ({ sql, bindings }) => {
    if (/\b(patients|patient_names|(unique_)?blind_indexes)\b/.test(sql) && /^\(*\s*(select|with)/i.test(sql))
      statements.push({ sql, bindings })
  }
  const knex = db.connection(isMysql ? 'mysql' : 'sqlite_read').getReadClient()
  knex.on('query', listen)
  try {
    await work()
  } finally {
    knex.off('query', listen)
  }
  return statements
}

const [patients, count] = process.argv.slice(2).map(Number)
const close = await openApp()
// These need the booted application.
const { default: db } = await import('@adonisjs/lucid/services/db')
const { searchPatients } = await import('../../build/app/patients/find_patients.js')
const counter = isMysql ? await mariadbCounter() : sqliteCounter()
const answer = {}
for (const [kind, searches] of Object.entries(drawSearches(patients, count))) {
  answer[kind] = []
  for (const search of searches) {
    let found
    const statements = await statementsOf(async () => (found = await searchPatients(operatorCaller(), search)))
    let rows = 0
    for (const { sql, bindings } of statements) rows += await counter.examined(sql, bindings)
    answer[kind].push({ search, rows: Math.round(rows), found: found.rows.length, hasMore: found.nextCursor !== null })
  }
}
const wanted = Array.from({ length: 1000 }, () => 1 + Math.floor(Math.random() * patients))
const uuids = (await db.from('patients').whereIn('id', wanted).select('uuid')).map(({ uuid }) => uuid)
await counter.end()
await close()
console.log(JSON.stringify({ kinds: answer, uuids }))
