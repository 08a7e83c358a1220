import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { Caller, OwnedTransaction } from '#app/core/caller'
import { now, toSqlInstant } from '#app/core/clock'
import { newUuid } from '#app/core/ids'
import { isDuplicate } from '#app/core/insert_rows'
import { Unavailable } from '#app/core/problem'
import { retryTransient } from '#app/core/retry_transient'
import { isDatabaseGone } from '#app/core/to_problem'
import { AUDIT_COLUMNS, macOf, type AuditEntry, type AuditRow, type Refusal } from '#app/audit/audit_entry'
import { forgetLost, giveBack, lose, lostNumbers, takeNumber, WRITER } from '#app/audit/writer'
import { keyring } from '#app/keys/keyring_service'
import { tally } from '#app/metrics/tally'

const INSERT = `insert into audit_logs (${AUDIT_COLUMNS.join(', ')}, mac) values `
const ROW = `(${Array(AUDIT_COLUMNS.length + 1)
  .fill('?')
  .join(', ')})`
const CUT = 255

/** Writes an entry in the caller's transaction: it is there exactly when the change is. */
export async function recordInside(owned: OwnedTransaction, caller: Caller, entry: AuditEntry) {
  const wseq = takeNumber()
  owned.numbers.push(wseq)
  await insert(owned.client, [await rowOf(caller, entry, wseq, owned.client)])
}

/** Writes entries in a transaction of their own, after the one that they tell of was rolled back. */
export async function recordRefusals(client: QueryClientContract, refusals: Refusal[]) {
  if (!refusals.length) return
  const [numbers, lost] = [refusals.map(() => takeNumber()), lostNumbers()]
  try {
    const [first, ...others] = refusals
    const told = lost.length ? [tellingOf(first!, lost), ...others] : refusals
    const rows = await Promise.all(told.map(({ caller, entry }, nth) => rowOf(caller, entry, numbers[nth]!, client)))
    // Whoever seals reads where this writes: MariaDB undoes one of the two.
    await retryTransient(() => insert(client, rows))
    forgetLost(lost)
  } catch (error) {
    if (isPerhapsWritten(error)) lose(numbers)
    else giveBack(numbers)
    throw error
  }
}

/** A gap that no row told of would look like a row that somebody deleted. */
function tellingOf({ caller, entry }: Refusal, lost: number[]): Refusal {
  return { caller, entry: { ...entry, details: { ...entry.details, lost_numbers: lost } } }
}

/**
 * A connection that died took its answer along, and a number that is in the table already is refused for ever: a gap is
 * honest, and a number that never works would end the audit.
 */
function isPerhapsWritten(error: unknown): boolean {
  const { cause } = error as { cause?: unknown }
  return isDatabaseGone(cause) || isDuplicate(cause)
}

interface Waiting {
  caller: Caller
  entry: AuditEntry
  resolve: () => void
  reject: (error: unknown) => void
}

let waiting: Waiting[] = []
let writing = false

/**
 * Writes the entry of a read before the answer leaves. Reads that arrive while an insert is under way share the next
 * one: the busier the server, the larger the group.
 */
export function recordRead(client: () => QueryClientContract, caller: Caller, entry: AuditEntry): Promise<void> {
  return new Promise((resolve, reject) => {
    waiting.push({ caller, entry, resolve, reject })
    if (!writing) void writeGroups(client)
  })
}

async function writeGroups(client: () => QueryClientContract) {
  writing = true
  while (waiting.length) {
    const group = waiting.splice(0, 200)
    try {
      await recordRefusals(client(), group)
      tally.auditGroups++
      tally.auditGrouped += group.length
      for (const { resolve } of group) resolve()
    } catch (error) {
      for (const { reject } of group) reject(error)
    }
  }
  writing = false
}

async function insert(client: QueryClientContract, rows: AuditRow[]) {
  const bindings = rows.flatMap((row) => [...AUDIT_COLUMNS.map((column) => row[column]), row.mac])
  try {
    await client.rawQuery(INSERT + rows.map(() => ROW).join(', '), bindings as any[])
  } catch (error) {
    throw new Unavailable('audit_unavailable', { cause: error })
  }
}

async function rowOf(caller: Caller, entry: AuditEntry, wseq: number, client: QueryClientContract): Promise<AuditRow> {
  const details = { via: caller.via, ...caller.route, ...entry.details }
  const row = {
    uid: newUuid(),
    created_at: toSqlInstant(now()),
    writer: WRITER,
    wseq,
    user_id: caller.user.id,
    role: caller.user.roleNames.join(',').slice(0, 64) || null,
    action: entry.action,
    entity: entry.entity ?? null,
    entity_uuid: entry.entityUuid ?? null,
    patient_uuid: entry.patientUuid ?? null,
    outcome: entry.outcome,
    http_status: entry.httpStatus ?? null,
    ip_address: caller.ip?.slice(0, 45) ?? null,
    user_agent: caller.userAgent?.slice(0, CUT) ?? null,
    // A client may name it in X-Request-Id.
    request_id: caller.requestId.slice(0, 64),
    details: JSON.stringify(details),
  }
  const { key } = await keyring().root('audit_mac', client)
  return { ...row, mac: macOf(key, row) }
}
