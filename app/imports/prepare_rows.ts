import { errors as vine } from '@vinejs/vine'
import { newUuid } from '#app/core/ids'
import { Problem } from '#app/core/problem'
import { validated } from '#app/core/validated'
import type { MappedRecord } from '#app/mappings/compile_records'
import { CannotTake, type ImportRecord } from '#app/imports/entity_importer'
import { importerOf } from '#app/imports/importers'
import type { ReadRow, SourceRow } from '#app/mappings/map_rows'
import type { EntityName } from '#app/mappings/mapping'
import type { Params } from '#app/mappings/source_problems'
import type { SourceTokens } from '#app/imports/source_tokens'

/** A row whose records are valid in themselves, or that says why it is not. Nothing of the database is known yet. */
export type PreparedRow = SourceRow &
  ({ kind: 'records'; records: ImportRecord[] } | { kind: 'lookup' } | { kind: 'rejected'; refusal: Refusal })

export interface Refusal {
  /** The source's column, where it is known. */
  column: string | null
  /** The input's field, where the refusal came from a rule. */
  field: string | null
  entity: EntityName | null
  code: string
  params: Params
}

interface Scope {
  country: string
  at: string
}

/** Validates each record with the validator of its domain. Run before the transaction, so that no lock waits for it. */
export async function prepareRows(
  rows: readonly ReadRow[],
  scope: Scope,
  tokens: SourceTokens
): Promise<PreparedRow[]> {
  return Promise.all(rows.map((row) => prepareRow(row, scope, tokens)))
}

async function prepareRow(row: ReadRow, scope: Scope, tokens: SourceTokens): Promise<PreparedRow> {
  const { file, line, raw } = row
  if (row.kind === 'lookup') return { file, line, raw, kind: 'lookup' }
  if (row.kind === 'rejected') {
    const { code, column, params } = row
    return { file, line, raw, kind: 'rejected', refusal: { code, column, params, field: null, entity: null } }
  }
  let [current] = row.records
  try {
    const records: ImportRecord[] = []
    for (current of row.records) records.push(await prepareRecord(current, scope, tokens))
    return { file, line, raw, kind: 'records', records }
  } catch (error) {
    const refusal = refusalOf(error, current.entity)
    if (!refusal) throw error
    return { file, line, raw, kind: 'rejected', refusal }
  }
}

async function prepareRecord(record: MappedRecord, scope: Scope, tokens: SourceTokens): Promise<ImportRecord> {
  const importer = importerOf(record.entity)
  const input = await validated(importer.validator, record.input)
  for (const name in importer.references)
    if (importer.references[name]!.required && !record.references[name])
      throw new CannotTake('missing_reference', name, { reference: name })
  const references: ImportRecord['references'] = {}
  for (const name in record.references) {
    const { entity, key } = record.references[name]!
    references[name] = { entity, token: tokens.tokenOf(entity, key) }
  }
  return {
    entity: record.entity,
    token: tokens.tokenOf(record.entity, record.key),
    digest: tokens.digestOf([record.input, Object.values(record.references).map(({ key }) => key)]),
    input,
    columns: importer.columns(input, scope),
    references,
    targets: {},
    uuid: newUuid(),
  }
}

/** Null for what is no refusal but a bug. `entity`: of the record in which it was found. */
export function refusalOf(error: unknown, entity: EntityName): Refusal | null {
  if (error instanceof CannotTake) {
    const { code, field, params } = error
    return { code, column: null, field, entity, params }
  }
  if (error instanceof vine.E_VALIDATION_ERROR) {
    const [first] = error.messages as { field: string; rule: string; meta?: Params }[]
    return { code: first!.rule, column: null, field: fieldAt(first!.field, '.'), entity, params: first!.meta ?? {} }
  }
  if (!(error instanceof Problem)) return null
  const [first] = error.errors ?? []
  const field = first ? fieldAt(first.pointer.slice(1), '/') : null
  return { code: first?.code ?? error.code, column: null, field, entity, params: (first?.params ?? {}) as Params }
}

function fieldAt(path: string, separator: string): string | null {
  return path.split(separator)[0] || null
}
