import { createHash } from 'node:crypto'
import vine from '@vinejs/vine'
import { now, toSqlInstant } from '#app/core/clock'
import { insertRows } from '#app/core/insert_rows'
import { useCase } from '#app/core/use_case'
import { type DecidedRow, type Decision, decideRows, patientOf } from '#app/imports/decide_rows'
import { standsFor, type BatchScope, type ImportRecord } from '#app/imports/entity_importer'
import ImportPolicy from '#app/imports/import_policy'
import type ImportRun from '#app/imports/import_run'
import { IMPORTERS, importerOf } from '#app/imports/importers'
import { insertLinks, loadLinks, markSeen, type NewLink, renewLink } from '#app/imports/links'
import type { PreparedRow } from '#app/imports/prepare_rows'
import { defaultCountry } from '#app/patients/default_country'

/** A row that was taken with a remark, or not taken: what `import show` lists. No content of the row. */
export interface Note {
  row: PreparedRow
  outcome: DecidedRow['outcome']
  code: string
  column: string | null
  entity: string | null
  recordUuid: string | null
}

export interface WrittenBatch {
  rows: DecidedRow[]
  notes: Note[]
}

/**
 * Writes one batch of prepared rows: one transaction, one audit entry with a digest of what was written. Rows that
 * cannot be taken come back with their refusal; the others are there, with their links, when the transaction is.
 */
export const writeBatch = useCase({
  name: 'imports.write',
  input: vine.create({ run: vine.any(), rows: vine.any(), columnOf: vine.any() }),
  find: ({ run }) => run as ImportRun,
  policy: [ImportPolicy, 'run'],
  async run({ subject: run, caller, trx, save, note }, { rows, columnOf }): Promise<WrittenBatch> {
    const remarks = new Map<ImportRecord, string>()
    const scope: BatchScope = {
      caller,
      save,
      trx,
      country: await defaultCountry(trx),
      at: toSqlInstant(now()),
      remark: (record, code) => remarks.set(record, code),
    }
    const prepared = rows as PreparedRow[]
    const links = await loadLinks(tokensIn(prepared), trx)
    const decided = await decideRows(prepared, links, run.id, scope)
    const digest = await write(decided, run.id, scope)
    const notes = notesOf(decided, remarks, columnOf)
    await insertRows(
      trx,
      'import_notes',
      notes.map((one) => noteRow(one, run.id))
    )
    note({ digest, rows: prepared.length, records: decided.reduce((sum, row) => sum + row.decisions.length, 0) })
    return { rows: decided, notes }
  },
})

function tokensIn(rows: PreparedRow[]): Buffer[] {
  return rows.flatMap((row) =>
    row.kind === 'records'
      ? row.records.flatMap(({ token, references }) => [token, ...Object.values(references).map((one) => one.token)])
      : []
  )
}

async function write(decided: DecidedRow[], runId: number, scope: BatchScope): Promise<string> {
  const decisions = decided.flatMap((row) => row.decisions)
  for (const importer of IMPORTERS) {
    const records = decisions
      .filter(({ record, outcome }) => record.entity === importer.entity && outcome === 'created')
      .map(({ record }) => record)
    for (const record of records) record.patientUuid = patientOf(record)
    if (records.length) await importer.insert(records, scope)
  }
  for (const decision of decisions) if (decision.outcome === 'updated') await update(decision, scope)
  await insertLinks(newLinks(decided, scope), runId, scope.trx)
  await markSeen(
    decisions.filter(({ link }) => link).map(({ record }) => record.token),
    runId,
    scope.trx
  )
  await tellDevices(decisions, scope)
  return digestOf(decisions)
}

async function update({ record, link }: Decision, scope: BatchScope) {
  const version = await importerOf(record.entity).update(record, link!, scope)
  await renewLink(record.token, record.digest, link!.uuid, version, scope.trx)
}

/** One link a new key: also for a row that was merged into a record that another key made. */
function newLinks(decided: DecidedRow[], { at }: BatchScope): NewLink[] {
  const links = new Map<string, NewLink>()
  for (const { row, decisions } of decided) {
    for (const { record, outcome, link } of decisions) {
      const token = record.token.toString('hex')
      if (link || links.has(token) || !['created', 'merged'].includes(outcome)) continue
      const { id, uuid } = standsFor(record)
      const version =
        record.adopted?.version ??
        (record.entity === 'user' ? Math.floor(Date.parse(`${at.replace(' ', 'T')}Z`) / 1000) : 1)
      links.set(token, {
        token: record.token,
        entity: record.entity,
        record_id: id,
        record_uuid: uuid,
        record_version: version,
        digest: record.digest,
        file: row.file,
        line: row.line,
      })
    }
  }
  return [...links.values()]
}

/** Devices load a patient's chart anew: one change a patient, however many rows. */
async function tellDevices(decisions: Decision[], { trx, at }: BatchScope) {
  const touched = decisions.filter(({ outcome }) => outcome === 'created')
  const patients = [...new Set(touched.map(({ record }) => patientOf(record)).filter((uuid) => uuid !== null))]
  await insertRows(
    trx,
    'sync_changes',
    patients.map((uuid) => ({ scope: uuid, entity: 'patient', entity_uuid: uuid, version: 1, op: 'reload', at }))
  )
}

function digestOf(decisions: Decision[]): string {
  const hash = createHash('sha256')
  for (const { record, outcome } of decisions) {
    if (outcome === 'created' || outcome === 'updated')
      hash.update(`${record.entity}|${record.uuid}|`).update(record.digest)
  }
  return hash.digest('hex')
}

function notesOf(
  decided: DecidedRow[],
  remarks: Map<ImportRecord, string>,
  columnOf: (row: PreparedRow, field: string) => string | null
): Note[] {
  return decided.flatMap(({ row, outcome, refusal, decisions }) => {
    const main = decisions[0]?.record
    const common = { row, outcome, entity: main?.entity ?? null }
    const notes: Note[] = []
    if (refusal) {
      const column = refusal.column ?? (refusal.field ? columnOf(row, refusal.field) : null)
      notes.push({ ...common, code: refusal.code, column, recordUuid: null })
    } else if (outcome === 'merged' || outcome === 'kept') {
      const recordUuid = decisions[0]!.link?.uuid ?? (main ? standsFor(main).uuid : null)
      notes.push({ ...common, code: outcome, column: null, recordUuid })
    }
    for (const { record } of decisions) {
      const code = remarks.get(record)
      if (code) notes.push({ ...common, code, column: columnOf(row, 'account'), recordUuid: record.uuid })
    }
    return notes
  })
}

function noteRow({ row, outcome, code, column, entity, recordUuid }: Note, runId: number) {
  return { run_id: runId, file: row.file, line: row.line, outcome, code, column, entity, record_uuid: recordUuid }
}
