import db from '@adonisjs/lucid/services/db'
import { selectRows } from '#app/core/insert_rows'
import { inOwnTransaction } from '#app/core/transaction'
import { readConnection } from '#config/database'

/** Rows of one statement, and how often a pull goes on: an import of a million is numbered by several pulls. */
const AT_ONCE = 10_000
const MOST_ROUNDS = 20

interface Row {
  id: number | string
}

/**
 * Numbers the changes that are committed and have no number yet. Ids are given before the commit, so that a cursor over
 * them passes by what commits late; numbers are given after it, by one transaction at a time.
 *
 * What an open transaction has written is neither numbered nor waited for: whoever pulls next numbers it.
 */
export async function numberChanges(): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS; round++) {
    // Outside of the transaction, in which nothing may be read before the lock: most pulls end here and wait for nobody.
    if (!(await isAnyUnnumbered())) return
    if ((await numberSome()) < AT_ONCE) return
  }
}

async function isAnyUnnumbered(): Promise<boolean> {
  const client = db.connection(readConnection)
  const [row] = await selectRows(client, 'select id from sync_changes where seq is null limit 1')
  return row !== undefined
}

/**
 * The first statement takes the lock (SQLite's is taken already), since under REPEATABLE READ a former read would show
 * rows without the numbers that another gave them meanwhile. The ids are read without a lock and updated by their
 * primary key: a read inside the update would lock, and wait for every writer who has not committed.
 */
function numberSome(): Promise<number> {
  return inOwnTransaction(async ({ client }) => {
    const isMysql = client.dialect.name === 'mysql'
    const lock = isMysql ? ' for update' : ''
    const [head] = await selectRows<{ seq: number | string }>(client, `select seq from sync_heads where id = 1${lock}`)
    const rows = await selectRows<Row>(client, 'select id from sync_changes where seq is null order by id limit ?', [
      AT_ONCE,
    ])
    if (!rows.length) return 0
    const ids = JSON.stringify(rows.map(({ id }) => Number(id)))
    await client.rawQuery(isMysql ? NUMBER_MYSQL : NUMBER_SQLITE, [ids, Number(head!.seq)] as never[])
    await client.rawQuery('update sync_heads set seq = seq + ? where id = 1', [rows.length] as never[])
    return rows.length
  })
}

// The order is forced: read the other way round, every row of the table would be locked.
const NUMBER_MYSQL = `
  update json_table(?, '$[*]' columns (n for ordinality, id bigint path '$')) as given
  straight_join sync_changes on sync_changes.id = given.id
  set sync_changes.seq = ? + given.n`

const NUMBER_SQLITE = `
  with given as (select key + 1 as n, value as id from json_each(?))
  update sync_changes set seq = ? + given.n from given where given.id = sync_changes.id`
