import {
  CannotTake,
  isRecord,
  standsFor,
  type BatchScope,
  type ImportRecord,
  type Known,
} from '#app/imports/entity_importer'
import { IMPORTERS } from '#app/imports/importers'
import type { Link } from '#app/imports/links'
import { type PreparedRow, type Refusal, refusalOf } from '#app/imports/prepare_rows'
import type { Outcome } from '#app/imports/report'

/** What the batch will do with a record. */
export interface Decision {
  record: ImportRecord
  outcome: Outcome
  /** Set for what exists: the link of an earlier run, or none for a record of this batch. */
  link?: Link
}

export interface DecidedRow {
  row: PreparedRow
  outcome: Outcome
  refusal?: Refusal
  decisions: Decision[]
}

const hex = (token: Buffer) => token.toString('hex')

/**
 * Decides row by row, before anything is written, so that a row is taken whole or not at all. `links` are the rows of
 * former batches and runs; a record of this batch can be referred to by the rows after it.
 */
export async function decideRows(
  rows: readonly PreparedRow[],
  links: Map<string, Link>,
  runId: number,
  scope: BatchScope
): Promise<DecidedRow[]> {
  const pending = new Map<string, ImportRecord>()
  const decided = rows.map((row) => decideRow(row, links, pending, runId))
  await adoptExisting(decided, pending, scope)
  return decided
}

function decideRow(
  row: PreparedRow,
  links: Map<string, Link>,
  pending: Map<string, ImportRecord>,
  runId: number
): DecidedRow {
  if (row.kind === 'lookup') return { row, outcome: 'lookup', decisions: [] }
  if (row.kind === 'rejected') return { row, outcome: 'rejected', refusal: row.refusal, decisions: [] }
  const own = new Map(row.records.map((record) => [hex(record.token), record]))
  try {
    for (const record of row.records)
      resolve(record, (token) => own.get(token) ?? pending.get(token) ?? links.get(token))
    const decisions = row.records.map((record, index) => decide(record, index === 0, links, pending, runId))
    for (const { record, outcome } of decisions) if (outcome === 'created') pending.set(hex(record.token), record)
    return { row, outcome: decisions[0]!.outcome, decisions }
  } catch (error) {
    if (!(error instanceof CannotTake)) throw error
    return { row, outcome: 'rejected', refusal: refusalOf(error)!, decisions: [] }
  }
}

function resolve(record: ImportRecord, find: (token: string) => Known | ImportRecord | undefined) {
  for (const [name, { token }] of Object.entries(record.references)) {
    const target = find(hex(token))
    if (!target) throw new CannotTake('reference_not_found', name, { reference: name })
    record.targets[name] = target
  }
}

function decide(
  record: ImportRecord,
  isMain: boolean,
  links: Map<string, Link>,
  pending: Map<string, ImportRecord>,
  runId: number
): Decision {
  const link = links.get(hex(record.token))
  const earlier = pending.get(hex(record.token))
  const known = earlier ?? link
  if (!known) return { record, outcome: 'created' }
  record.adopted = earlier ? standsFor(earlier) : link
  const isSame = known.digest.equals(record.digest)
  const metInThisRun = earlier !== undefined || link!.seenRunId === runId
  if (metInThisRun) {
    if (isMain && !isSame) throw new CannotTake('same_key_different_content')
    return { record, outcome: isMain ? 'merged' : 'unchanged', link }
  }
  // Later rows of this batch with the same key are duplicates of this one.
  link!.seenRunId = runId
  if (link!.currentVersion !== link!.version) return { record, outcome: 'kept', link }
  // An assignment is opened by its first encounter; the later ones differ and say nothing new.
  return { record, outcome: isSame || record.entity === 'assignment' ? 'unchanged' : 'updated', link }
}

/** New records that turn out to exist under another key become `merged`; those that must not be are refused with their row. */
async function adoptExisting(decided: DecidedRow[], pending: Map<string, ImportRecord>, scope: BatchScope) {
  for (const { entity, adopt } of IMPORTERS) {
    const rows = decided.filter(({ outcome }) => outcome !== 'rejected')
    const fresh = rows.flatMap(({ decisions }) =>
      decisions.filter(({ record, outcome }) => record.entity === entity && outcome === 'created')
    )
    if (!adopt || !fresh.length) continue
    const refused = await adopt(
      fresh.map(({ record }) => record),
      scope
    )
    for (const row of rows) {
      const problem = row.decisions.map(({ record }) => refused.get(record)).find(Boolean)
      if (problem) reject(row, problem, pending)
    }
    rejectOrphans(decided, pending)
    for (const row of rows) {
      for (const decision of row.decisions) {
        if (!decision.record.adopted || decision.outcome !== 'created') continue
        decision.outcome = 'merged'
        if (row.decisions[0] === decision) row.outcome = 'merged'
      }
    }
  }
}

function reject(row: DecidedRow, problem: CannotTake, pending: Map<string, ImportRecord>) {
  for (const { record } of row.decisions) pending.delete(hex(record.token))
  Object.assign(row, { outcome: 'rejected', refusal: refusalOf(problem)!, decisions: [] } satisfies Partial<DecidedRow>)
}

/** Rows that refer to a record whose row was refused just now. */
function rejectOrphans(decided: DecidedRow[], pending: Map<string, ImportRecord>) {
  const alive = new Set(decided.flatMap(({ decisions }) => decisions.map(({ record }) => record)))
  for (const row of decided) {
    const orphan = row.decisions
      .flatMap(({ record }) => Object.entries(record.targets))
      .find(([, target]) => isRecord(target) && !alive.has(target))
    if (orphan) reject(row, new CannotTake('reference_not_found', orphan[0], { reference: orphan[0] }), pending)
  }
}

/** The patient of a record that is about to be written: its own, or the one its references lead to. */
export function patientOf(record: ImportRecord): string | null {
  if (record.entity === 'patient') return record.adopted?.uuid ?? record.uuid
  if (record.entity === 'user') return null
  const target = record.targets.patient ?? record.targets.consultation
  return target && isRecord(target) ? patientOf(target) : (target?.patientUuid ?? null)
}
