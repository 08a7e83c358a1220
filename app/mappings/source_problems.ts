import { Refused } from '#app/core/problem'

export type Params = Record<string, string | number>

/** Why one row cannot be taken. The sentences are `codes.<code>` of resources/lang/<locale>/imports.json. */
export const rowCodes = [
  'bad_encoding',
  'bad_quotes',
  'empty_row',
  'missing_key',
  'missing_reference',
  'missing_value',
  'no_target',
  'not_in_lookup',
  'not_in_table',
  'nul_byte',
  'ragged_row',
  'record_too_long',
  'regex_timeout',
  'unbalanced_quotes',
  'unreadable_date',
  'unreadable_json',
  'unreadable_number',
] as const
export type RowCode = (typeof rowCodes)[number]

/** Why a mapping cannot be used. */
export const mappingCodes = [
  'alias_refused',
  'also_unknown',
  'bad_file_name',
  'bad_format',
  'bad_regex',
  'bad_value',
  'bad_yaml',
  'column_not_listed',
  'encoding_unknown',
  'item_outside_for_each',
  'key_length_differs',
  'key_missing',
  'key_unknown',
  'main_outside_also',
  'mapping_missing',
  'mapping_too_large',
  'one_of_needed',
  'reference_ambiguous',
  'reference_entity_differs',
  'file_twice',
  'file_unknown',
  'file_without_key',
  'lookup_after_use',
  'name_twice',
  'table_unknown',
  'tag_refused',
  'timezone_unknown',
  'value_type',
] as const
export type MappingCode = (typeof mappingCodes)[number]

/** Why a file or folder cannot be read. */
export const sourceCodes = [
  'bad_header',
  'duplicate_column',
  'encoding_not_supported',
  'header_missing',
  'line_too_long',
  'missing_column',
  'missing_file',
  'no_file_found',
  'not_a_file',
  'path_escape',
  'regex_too_slow',
  'rejects_not_ours',
  'rejects_not_writable',
  'rejects_over_source',
  'source_missing',
  'which_file',
] as const
export type SourceCode = (typeof sourceCodes)[number]

/** The mapping is wrong: at this line (from 1) of its text, under this key (`files.0.fields.dob`). */
export class BadMapping extends Refused {
  constructor(
    code: MappingCode,
    readonly line: number,
    readonly key: string,
    readonly params: Params = {}
  ) {
    super(code, { extra: { ...params, line, key } })
    this.message = `${code} at line ${line}, ${key}`
  }
}

/** A file or folder that cannot be read as the mapping says. `params` holds names of files and columns, never values. */
export class BadSource extends Refused {
  constructor(
    code: SourceCode,
    readonly params: Params = {}
  ) {
    super(code, { extra: params })
    this.message = `${code} ${JSON.stringify(params)}`
  }
}

/** One row cannot be mapped. Never leaves this domain: it becomes a rejected row. */
export class RowProblem extends Error {
  constructor(
    readonly code: RowCode,
    readonly column: string | null,
    readonly params: Params = {}
  ) {
    super(code)
  }
}
