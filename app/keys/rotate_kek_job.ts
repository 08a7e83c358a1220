import db from '@adonisjs/lucid/services/db'
import type { JobKind } from '#app/jobs/job_kind'
import { kekRows, keksInUse, type KekRow } from '#app/keys/kek_rows'
import { keyring } from '#app/keys/keyring_service'
import { rewrapLeftOvers, rewrapRows } from '#app/keys/rewrap_under_kek'

/** The last key that was wrapped anew. */
type Position = Pick<KekRow, 'table' | 'id'>

/**
 * Wraps every master and root key anew, with a fresh key-encryption key. All of them, and not only those of another key: a
 * KMS may renew what lies behind one name.
 */
const rotateKekJob: JobKind<unknown, Position> = {
  kind: 'keys.rotate_kek',
  async run(job) {
    const { provider } = keyring()
    const uri = await provider.renew(job.uuid)
    const rows = await kekRows(db.connection())
    const { position } = job
    const at = position ? rows.findIndex(({ table, id }) => table === position.table && id === position.id) : -1
    const rest = rows.slice(at + 1)
    const tally = { done: job.done, total: job.done + rest.length }
    if (!(await rewrapRows(job, rest, tally, ({ table, id }) => ({ table, id })))) return
    const last = rows.at(-1)!
    if (!(await rewrapLeftOvers(job, uri, tally, () => ({ table: last.table, id: last.id })))) return
    await provider.retireAllBut(await keksInUse(db.connection()))
  },
}

export default rotateKekJob
