import {
  CannotTake,
  isRecord,
  standsFor,
  type BatchScope,
  type ImportRecord,
  type Known,
} from '#app/imports/entity_importer'
import { IMPORTERS } from '#app/imports/importers'
import { MERGED, type Link } from '#app/imports/links'
import { type PreparedRow, type Refusal, refusalOf } from '#app/imports/prepare_rows'
import type { Outcome } from '#app/imports/report'

/** What the batch does with a record. */
export interface Decision {
  record: ImportRecord
  outcome: Outcome
  /** Set for what exists: the link of an earlier batch or run. */
  link?: Link
}

export interface DecidedRow {
  row: PreparedRow
  refusal?: Refusal
  /** None for a rejected or a lookup row. */
  decisions: Decision[]
}

/** What is known while the rows of a batch are decided, one after the other. */
interface Batch {
  runId: number
  /** Rows of former batches and runs. */
  links: Map<string, Link>
  /** Records that this batch will make: the rows after them can refer to them. */
  pending: Map<string, ImportRecord>
  /** Links that this batch has met: the next row with such a key is a duplicate. */
  met: Set<string>
  refused: Map<PreparedRow, Refusal>
}

const hex = (token: Buffer) => token.toString('hex')

/**
 * Decides row by row, before anything is written, so that a row is taken whole or not at all. What the database refuses
 * may carry other rows along (a visit of a patient who is refused), so that all are decided anew without it.
 */
export async function decideRows(
  rows: readonly PreparedRow[],
  links: Map<string, Link>,
  runId: number,
  scope: BatchScope
): Promise<DecidedRow[]> {
  const refused: Batch['refused'] = new Map()
  for (;;) {
    const batch = { runId, links, refused, pending: new Map(), met: new Set<string>() }
    const decided = rows.map((row) => decideRow(row, batch))
    const found = await examine(decided, scope)
    if (!found.size) return decided
    for (const [row, refusal] of found) refused.set(row, refusal)
  }
}

function decideRow(row: PreparedRow, batch: Batch): DecidedRow {
  if (row.kind === 'lookup') return { row, decisions: [] }
  const refusal = row.kind === 'rejected' ? row.refusal : batch.refused.get(row)
  if (row.kind === 'rejected' || refusal) return { row, refusal, decisions: [] }
  row.records.forEach(forget)
  let current = row.records[0]!
  try {
    const decisions = decideRecords(row.records, batch, (record) => (current = record))
    for (const { record, link } of decisions) if (link) batch.met.add(hex(record.token))
    return { row, decisions }
  } catch (error) {
    if (!(error instanceof CannotTake)) throw error
    for (const { token } of row.records)
      if (row.records.includes(batch.pending.get(hex(token))!)) batch.pending.delete(hex(token))
    return { row, refusal: refusalOf(error, current.entity)!, decisions: [] }
  }
}

function decideRecords(records: ImportRecord[], batch: Batch, at: (record: ImportRecord) => void): Decision[] {
  const own = new Map(records.map((record) => [hex(record.token), record]))
  const find = (token: string) => own.get(token) ?? batch.pending.get(token) ?? batch.links.get(token)
  return records.map((record, index) => {
    at(record)
    resolve(record, find)
    const decision = decide(record, index === 0, batch)
    if (WRITES.has(decision.outcome) && isOfErased(record)) throw new CannotTake('patient_erased', 'patient')
    if (decision.outcome === 'created') batch.pending.set(hex(record.token), record)
    return decision
  })
}

const WRITES = new Set<Outcome>(['created', 'updated', 'merged'])

/** Whoever is erased does not come back with the next export of the old system. */
function isOfErased(record: ImportRecord): boolean {
  if (record.adopted?.isErased) return true
  return Object.values(record.targets).some((target) => (isRecord(target) ? isOfErased(target) : target.isErased))
}

/** A batch is decided again after a deadlock too, and its transaction then knows nothing of what was written before. */
function forget(record: ImportRecord) {
  Object.assign(record, { adopted: undefined, targets: {}, id: undefined, patientUuid: undefined, dataKey: undefined })
}

function resolve(record: ImportRecord, find: (token: string) => Known | ImportRecord | undefined) {
  for (const [name, { token }] of Object.entries(record.references)) {
    const target = find(hex(token))
    if (!target) throw new CannotTake('reference_not_found', name, { reference: name })
    record.targets[name] = target
  }
}

function decide(record: ImportRecord, isMain: boolean, { runId, links, pending, met }: Batch): Decision {
  const token = hex(record.token)
  const link = links.get(token)
  const earlier = pending.get(token)
  const known = earlier ?? link
  if (!known) return { record, outcome: 'created' }
  const isSame = known.digest.equals(record.digest)
  record.adopted = earlier ? standsFor(earlier) : link
  if (earlier || met.has(token) || link!.seenRunId === runId) {
    if (isMain && !isSame) throw new CannotTake('same_key_different_content')
    return { record, outcome: isMain ? 'merged' : 'unchanged', link }
  }
  return { record, link, outcome: againOutcome(record, link!, isSame) }
}

/** A row that an earlier run met. */
function againOutcome(record: ImportRecord, link: Link, isSame: boolean): Outcome {
  // An assignment is opened by its first encounter; the later ones differ and say nothing new.
  if (record.entity === 'assignment') return 'unchanged'
  // Told as it is, and not as a record that somebody has edited here; what says nothing new is no news.
  if (link.isErased && !isSame) throw new CannotTake('patient_erased')
  if (link.version === MERGED) {
    if (!isSame) record.adopted = undefined
    return isSame ? 'unchanged' : 'merged'
  }
  if (link.currentVersion !== link.version) return 'kept'
  // The account that the row names may have been made since.
  const wantsAccount = Boolean(record.input.account) && !link.hasAccount
  return isSame && !wantsAccount ? 'unchanged' : 'updated'
}

/** Asks each domain about its records; the refusals by row, of the first domain that has any. */
async function examine(decided: DecidedRow[], scope: BatchScope): Promise<Batch['refused']> {
  const all = decided.flatMap(({ decisions }) => decisions)
  for (const importer of IMPORTERS) {
    const some = all.filter(({ record }) => record.entity === importer.entity)
    const fresh = some.filter(({ record, outcome }) => !record.adopted && outcome !== 'unchanged')
    const updates = some.filter(({ outcome }) => outcome === 'updated')
    if (!importer.examine || !(fresh.length || updates.length)) continue
    const problems = await importer.examine(recordsOf(fresh), recordsOf(updates), scope)
    for (const { record, link } of fresh) {
      if (link && !problems.has(record) && record.adopted?.uuid !== link.uuid)
        problems.set(record, new CannotTake('merged_row_changed'))
    }
    if (problems.size) return byRow(decided, (record) => problems.get(record))
  }
  for (const one of all) if (one.outcome === 'created' && one.record.adopted) one.outcome = 'merged'
  const updates = new Map(all.filter(({ outcome }) => outcome === 'updated').map(({ record, link }) => [record, link!]))
  return byRow(decided, (record) => (hasMoved(record, updates.get(record)) ? moved() : undefined))
}

const recordsOf = (decisions: Decision[]) => decisions.map(({ record }) => record)
const moved = () => new CannotTake('patient_changed', 'patient')

function byRow(decided: DecidedRow[], problemOf: (record: ImportRecord) => CannotTake | undefined): Batch['refused'] {
  const refused: Batch['refused'] = new Map()
  for (const { row, decisions } of decided) {
    for (const { record } of decisions) {
      const problem = problemOf(record)
      if (problem && !refused.has(row)) refused.set(row, refusalOf(problem, record.entity)!)
    }
  }
  return refused
}

/** A record is sealed by its patient's key; that it belongs to another one now is for a person to decide. */
function hasMoved(record: ImportRecord, link: Link | undefined): boolean {
  return link !== undefined && link.patientUuid !== null && patientOf(record) !== link.patientUuid
}

/** The patient of a record: itself, or the one to which its references lead. */
export function patientOf(record: ImportRecord): string | null {
  if (record.entity === 'patient') return record.adopted?.uuid ?? record.uuid
  if (record.entity === 'user') return null
  const target = record.targets.patient ?? record.targets.consultation
  return target && isRecord(target) ? patientOf(target) : (target?.patientUuid ?? null)
}

/** What became of the row: of its main record, unless that is as it was and a further one is not. */
export function outcomeOf({ row, refusal, decisions }: DecidedRow): Outcome {
  if (row.kind === 'lookup') return 'lookup'
  if (refusal) return 'rejected'
  const [main, ...further] = decisions.map(({ outcome }) => outcome)
  if (main !== 'unchanged') return main!
  if (further.includes('kept')) return 'kept'
  return further.some((outcome) => outcome === 'created' || outcome === 'updated') ? 'updated' : 'unchanged'
}
