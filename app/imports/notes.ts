import { type DecidedRow, outcomeOf } from '#app/imports/decide_rows'
import { standsFor, type ImportRecord } from '#app/imports/entity_importer'
import type { PreparedRow } from '#app/imports/prepare_rows'
import type { Outcome } from '#app/imports/report'
import type { EntityName } from '#app/mappings/mapping'
import type { Params } from '#app/mappings/source_problems'

/** A row that was not taken, or not written as it is, or taken with a remark: what `import show` lists. No content. */
export interface Note {
  row: PreparedRow
  outcome: Outcome
  /** Why; 'merged' and 'kept' for a row that is listed for that alone. */
  code: string
  params: Params
  column: string | null
  entity: EntityName | null
  recordUuid: string | null
}

/** The source's column of an input's field. */
export type ColumnOf = (file: string, entity: EntityName, field: string) => string | null

export function notesOf(decided: DecidedRow[], remarks: Map<ImportRecord, string>, columnOf: ColumnOf): Note[] {
  return decided.flatMap((one) => {
    const { row, refusal, decisions } = one
    const outcome = outcomeOf(one)
    if (refusal) {
      const { code, params, field, entity } = refusal
      const column = refusal.column ?? (field && entity ? columnOf(row.file, entity, field) : null)
      return [{ row, outcome, code, params, column, entity, recordUuid: null }]
    }
    const notes: Note[] = []
    for (const [index, { record, outcome: each }] of decisions.entries()) {
      const about = { row, outcome, params: {}, entity: record.entity, recordUuid: standsFor(record).uuid }
      if (each === 'kept' || (each === 'merged' && index === 0)) notes.push({ ...about, code: each, column: null })
      const code = remarks.get(record)
      if (code) notes.push({ ...about, code, column: columnOf(row.file, record.entity, 'account') })
    }
    return notes
  })
}

/** True for a remark on a row that was taken. */
export function isRemark({ code, outcome }: Note): boolean {
  return outcome !== 'rejected' && code !== 'merged' && code !== 'kept'
}

// The width of import_notes.column.
const MOST_LETTERS = 128

export function noteRow({ row, outcome, code, params, column, entity, recordUuid }: Note, runId: number) {
  const { file, line } = row
  return {
    ...{ run_id: runId, file, line, outcome, code, entity, record_uuid: recordUuid },
    params: Object.keys(params).length ? JSON.stringify(params) : null,
    column: column === null ? null : [...column].slice(0, MOST_LETTERS).join(''),
  }
}
