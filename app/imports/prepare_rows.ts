import { errors as vine } from '@vinejs/vine'
import { newUuid } from '#app/core/ids'
import { Problem } from '#app/core/problem'
import { validated } from '#app/core/validated'
import type { MappedRecord } from '#app/mappings/compile_records'
import { CannotTake, type ImportRecord } from '#app/imports/entity_importer'
import { importerOf } from '#app/imports/importers'
import type { ReadRow, SourceRow } from '#app/mappings/map_rows'
import type { SourceTokens } from '#app/imports/source_tokens'

/** A row whose records are valid in themselves, or that says why it is not. Nothing of the database is known yet. */
export type PreparedRow = SourceRow &
  ({ kind: 'records'; records: ImportRecord[] } | { kind: 'lookup' } | { kind: 'rejected'; refusal: Refusal })

export interface Refusal {
  /** The source's column, where it is known. */
  column: string | null
  /** The input's field, where the refusal came from a rule. */
  field: string | null
  code: string
  params: Record<string, string | number>
}

/** Validates each record with the validator of its domain. Run before the transaction, so that no lock waits for it. */
export async function prepareRows(
  rows: readonly ReadRow[],
  scope: { country: string; at: string },
  tokens: SourceTokens
): Promise<PreparedRow[]> {
  return Promise.all(rows.map((row) => prepareRow(row, scope, tokens)))
}

async function prepareRow(
  row: ReadRow,
  scope: { country: string; at: string },
  tokens: SourceTokens
): Promise<PreparedRow> {
  const { file, line, raw } = row
  if (row.kind === 'lookup') return { file, line, raw, kind: 'lookup' }
  if (row.kind === 'rejected') {
    const { code, column, params } = row
    return { file, line, raw, kind: 'rejected', refusal: { code, column, params, field: null } }
  }
  try {
    const records: ImportRecord[] = []
    for (const record of row.records) records.push(await prepareRecord(record, scope, tokens))
    return { file, line, raw, kind: 'records', records }
  } catch (error) {
    const refusal = refusalOf(error)
    if (!refusal) throw error
    return { file, line, raw, kind: 'rejected', refusal }
  }
}

async function prepareRecord(
  record: MappedRecord,
  scope: { country: string; at: string },
  tokens: SourceTokens
): Promise<ImportRecord> {
  const importer = importerOf(record.entity)
  const input = await validated(importer.validator, record.input)
  for (const [name, { required }] of Object.entries(importer.references))
    if (required && !record.references[name]) throw new CannotTake('missing_reference', name, { reference: name })
  return {
    entity: record.entity,
    token: tokens.tokenOf(record.entity, record.key),
    digest: tokens.digestOf([record.input, Object.values(record.references).map(({ key }) => key)]),
    input,
    columns: importer.columns(input, scope),
    references: Object.fromEntries(
      Object.entries(record.references).map(([name, { entity, key }]) => [
        name,
        { entity, token: tokens.tokenOf(entity, key), field: name },
      ])
    ),
    targets: {},
    uuid: newUuid(),
  }
}

/** Null for what is no refusal but a bug. */
export function refusalOf(error: unknown): Refusal | null {
  if (error instanceof CannotTake) return { code: error.code, column: null, field: error.field, params: error.params }
  if (error instanceof vine.E_VALIDATION_ERROR) {
    const [first] = error.messages as { field: string; rule: string; meta?: Record<string, string | number> }[]
    return { code: first!.rule, column: null, field: first!.field.split('.')[0]!, params: first!.meta ?? {} }
  }
  if (!(error instanceof Problem)) return null
  const [first] = error.errors ?? []
  return {
    code: first?.code ?? error.code,
    column: null,
    field: first?.pointer.split('/')[1] ?? null,
    params: (first?.params ?? {}) as Record<string, string | number>,
  }
}
