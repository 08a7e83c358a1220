import type { TSchema } from 'typebox'
import type { AnyValidator } from '#app/core/validated'
import type { ProblemCode } from '#app/http/problem_catalogue'

/** A gate as a route sees it: its name, what it takes, and the status of its success. */
export interface Gate {
  useCaseName: string
  input: AnyValidator
  status: number
  /** Whether it asks for a proof of the last five minutes. */
  stepUp?: true
}

/** A request that the document shows and that a test sends. Uuids and other values are those of `EXAMPLE`. */
export interface ExampleRequest {
  /** Who sends it, where it is not the operation's own `as`. */
  as?: ExampleRole
  params?: Record<string, string>
  query?: Record<string, string>
  body?: Record<string, unknown>
  headers?: Record<string, string>
}

export type ExampleRole = 'admin' | 'doctor' | 'nurse' | 'lab' | 'reception' | 'patient'

/**
 * Whom a route lets in: a token or a session, a session only, one whose second factor may still be missing, a device, or
 * whoever comes.
 */
export type Admitted = 'caller' | 'session' | 'pending' | 'device' | 'anybody'

/**
 * What a route is to those who call it, beside what router, validator and shape say already. Keyed by the route's name;
 * summaries are in `resources/lang/<locale>/api.json` under the same name.
 */
export interface Operation {
  /** The gate that the route calls: its validator is the schema of the request. Null where nobody has to be known. */
  gate: Gate | null
  /** `caller` where nothing is said; `anybody` where there is no gate. */
  admits?: Admitted
  /** What `data` is: one record, or a page of them. `bare` is an answer without `data`; `lines` one of JSON a line. */
  answer: { one: TSchema } | { many: TSchema } | { bare: TSchema } | { lines: TSchema }
  /** Statuses of refusals with which that answer may come too: a call with one write is answered as that write is. */
  mirrors?: readonly number[]
  /** Who is shown sending the example. */
  as: ExampleRole
  example: ExampleRequest
  /** Refusals with a name, each with a request that meets it in the world of the examples. */
  problems?: Partial<Record<ProblemCode, ExampleRequest>>
  /** Refusals with a name that no request meets in that world: they depend on settings, or on a moment. */
  alsoRefused?: readonly ProblemCode[]
  /**
   * Which property of the validator a parameter of the path is, where it is neither the parameter's name nor that name
   * with `_id`: `{ id: 'patient_id' }`.
   */
  params?: Record<string, string>
}

export function admittedTo({ gate, admits }: Operation): Admitted {
  return admits ?? (gate ? 'caller' : 'anybody')
}

export type Operations = Record<string, Operation>
