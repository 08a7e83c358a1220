import { compileCondition } from '#app/mappings/compile_condition'
import { compileRequiredKey, compileTarget, type MappedRecord } from '#app/mappings/compile_records'
import { takenFrom } from '#app/mappings/columns_named'
import { compileValue } from '#app/mappings/compile_value'
import { type FileMapping, targetsOf } from '#app/mappings/mapping'
import { contentDigest, keyText } from '#app/mappings/natural_key'
import type { RawRow } from '#app/mappings/read_rows'
import { type FileScope, type RowScope, spaceOf } from '#app/mappings/row_scope'
import { Questions } from '#app/mappings/run_regexes'
import type { SeenRows } from '#app/mappings/seen_rows'
import { type Params, type RowCode, RowProblem } from '#app/mappings/source_problems'

/** Where a row stands: `line` counts physical lines from 1; `raw` are its bytes with its own line ending. */
export interface SourceRow {
  file: string
  line: number
  raw: Buffer
}
/** A row that became records; the first is its main one. */
export interface MappedRow extends SourceRow {
  kind: 'records'
  records: [MappedRecord, ...MappedRecord[]]
}
/** A row that is only read so that others can take from it. */
export interface LookupRow extends SourceRow {
  kind: 'lookup'
}
/** A row that cannot be taken. `params` never hold a value of the row. */
export interface RejectedRow extends SourceRow {
  kind: 'rejected'
  column: string | null
  code: RowCode
  params: Params
}
export type ReadRow = MappedRow | LookupRow | RejectedRow

type Outcome = Pick<MappedRow, 'kind' | 'records'> | Pick<LookupRow, 'kind'> | Omit<RejectedRow, keyof SourceRow>

/** Maps the rows of one file, batch by batch in their order. `lookupOnly`: whatever the file gives else, it is only read. */
export function mapperOf(file: FileMapping, names: string[], scope: FileScope, seen: SeenRows, lookupOnly: boolean) {
  const mapRow = compileFile(file, scope, lookupOnly)
  const find = (from: string, key: string) => seen.find(from, key)
  const space = spaceOf(scope.mapping, file.file)

  return async (rows: readonly RawRow[]): Promise<ReadRow[]> => {
    const outcomes: Outcome[] = new Array<Outcome>(rows.length)
    const kept = new Map<number, [key: string, cells: Record<string, string>]>()
    // Counted once for each row and in their order, before any row is mapped a second time.
    const contentKeys = rows.map((row) => (file.key === undefined && row.values ? contentKey(row.values) : ''))
    const questions = new Questions(scope.regexes)
    let open = rows.map((_, index) => index)
    while (open.length) {
      open = open.filter((index) => {
        questions.unanswered = false
        const keep: RowScope['keep'] = (...row) => kept.set(index, row)
        outcomes[index] = tryMap(rows[index]!, contentKeys[index]!, questions.ask, keep)
        return questions.unanswered
      })
      await questions.answer()
    }
    for (const [key, cells] of kept.values()) seen.keep(file.file, key, cells)
    return rows.map((row, index) => ({ file: file.file, line: row.line, raw: row.raw, ...outcomes[index]! }) as ReadRow)
  }

  function contentKey(values: string[]): string {
    const digest = contentDigest(values)
    return keyText(space, [digest, String(seen.occurrenceOf(file.file, digest))])
  }

  function tryMap(row: RawRow, key: string, ask: RowScope['ask'], keep: RowScope['keep']): Outcome {
    if (!row.values) {
      const { code, cell, params } = row.problem!
      return { kind: 'rejected', code, params, column: cell === null ? null : (names[cell] ?? null) }
    }
    try {
      return mapRow({ cells: row.values, item: null, ask, find, keep }, key)
    } catch (problem) {
      if (!(problem instanceof RowProblem)) throw problem
      return { kind: 'rejected', code: problem.code, column: problem.column, params: problem.params }
    }
  }
}

function compileFile(file: FileMapping, scope: FileScope, lookupOnly: boolean) {
  const readKey = file.key && compileRequiredKey(file.key, spaceOf(scope.mapping, file.file), scope)
  const taken = takenFrom(scope.mapping, file.file).map((name) => ({ name, read: compileValue(name, scope) }))
  const targets = targetsOf(file).map((target) => ({
    holds: target.when ? compileCondition(target.when, scope) : () => true,
    read: target.lookup || lookupOnly ? null : compileTarget(target, file.file, scope),
  }))
  return (row: RowScope, contentKey: string): Outcome => {
    const key = readKey ? readKey(row) : contentKey
    if (taken.length) {
      row.keep(key, Object.fromEntries(taken.map(({ name, read }) => [name, String(read(row) ?? '')])))
    }
    const target = targets.find((one) => one.holds(row))
    if (!target) throw new RowProblem('no_target', null)
    return target.read ? { kind: 'records', records: target.read(row, key) } : { kind: 'lookup' }
  }
}
