export type EntityName =
  'user' | 'patient' | 'assignment' | 'consultation' | 'prescription' | 'medical_record' | 'lab_result'

export type Scalar = string | number | boolean
export type Table = Record<string, Scalar>
export type Pattern = string | { pattern: string; ignore_case?: boolean }
export interface Replacement {
  pattern: string
  ignore_case?: boolean
  with: string
}

/** One source (the first group of members) and the steps that follow it. docs/imports.md explains each. */
export interface ValueObject {
  column?: string
  constant?: Scalar | string[]
  join?: Value[]
  with?: string
  first?: Value[]
  of?: Value
  take?: string
  from?: string
  by?: Key
  item?: true
  list?: Value[]
  object?: Record<string, Value>

  when?: Condition
  trim?: boolean
  split?: { by: string; part?: number }
  extract?: Pattern
  replace?: Replacement | Replacement[]
  case?: 'upper' | 'lower' | 'title'
  table?: string | Table
  otherwise?: string
  otherwise_keep?: true
  date?: string | string[]
  instant?: string | string[]
  timezone?: string
  number?: boolean | { decimal?: string; thousands?: string }
  json?: true
  default?: Scalar
  required?: true
}
/** A column's name, or more. */
export type Value = string | ValueObject
export type Key = Value | Value[]

export interface Test {
  column?: string
  is?: string
  is_not?: string
  in?: string[]
  not_in?: string[]
  empty?: boolean
  matches?: Pattern
  any?: Test[]
}
export type Condition = Test | Test[]

export interface Reference {
  file?: string
  key?: Key
  also?: string
  entity?: EntityName
  main?: true
}

interface RecordRules {
  fields?: Record<string, Value>
  references?: Record<string, Reference>
}
export interface Also extends RecordRules {
  name: string
  entity: EntityName
  when?: Condition
  for_each?: Value
  key?: Key
}
export interface Target extends RecordRules {
  entity?: EntityName
  lookup?: true
  when?: Condition
  also?: Also[]
}
interface ReadingRules {
  encoding?: string
  fallback_encoding?: string
  delimiter?: string
  empty_values?: string[]
  timezone?: string
}
export interface FileMapping extends ReadingRules, RecordRules {
  file: string
  optional?: boolean
  quote?: '"' | 'none'
  columns?: string[]
  optional_columns?: string[]
  key?: Key
  lookup?: true
  entity?: EntityName
  also?: Also[]
  targets?: Target[]
}
/** The mapping as its author wrote it, after every check. */
export interface Mapping extends ReadingRules {
  mapping: 1
  source: string
  description?: string
  country?: string
  tables?: Record<string, Table>
  files: FileMapping[]
}

/** What a file's rows may become, in the order in which `when` is tried. */
export function targetsOf(file: FileMapping): Target[] {
  return file.targets ?? [file]
}
