import { sameValue } from '#app/sync/merging'
import type { ProblemBody } from '#app/sync/protocol'

export type Values = Record<string, unknown>

/**
 * What every clinical form takes and gives, so that a new record, a correction, and what a server refused are edited in
 * the same one. It writes nothing itself.
 */
export interface ClinicalFormProps {
  /** The patient's id. */
  patientId: string
  /** What the fields begin with, named as in the API. */
  initial?: Values
  /** Of a correction: what stands. Only the fields that then differ are given back; null empties one. */
  former?: Values | null
  /** A refusal, whose pointers name the fields. */
  error?: ProblemBody | null
  submitLabel?: string
  isBusy?: boolean
  /** The use-case's input, without id and version. */
  onDone: (data: Values) => void | Promise<void>
  /** The fields as they stand, for a draft. */
  onChange?: (values: Values) => void
  onCancel?: () => void
}

/** An emptied field is null for a correction and left out of a new record. */
export function inputOf(values: Values, former?: Values | null): Values {
  const entries = Object.entries(values).map(([name, value]) => [name, plain(value)] as const)
  if (!former) return Object.fromEntries(entries.filter(([, value]) => value !== null))
  return Object.fromEntries(entries.filter(([name, value]) => !isSame(value, former[name])))
}

const plain = (value: unknown) => {
  const trimmed = typeof value === 'string' ? value.trim() : value
  return trimmed === '' || trimmed === undefined ? null : trimmed
}

const isSame = (value: unknown, former: unknown) => sameValue(value, plain(former))

/** What addresses a write and is no field of the form: it goes through it unchanged, so that a refused one is whole again. */
export function carried(initial: Values, names: readonly string[]): Values {
  return Object.fromEntries(
    names.filter((name) => initial[name] !== null && initial[name] !== undefined).map((name) => [name, initial[name]])
  )
}

export const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : ''
