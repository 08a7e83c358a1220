/** One entry of `errors`: where, and which rule. The sentence is made at the door, in the reader's language. */
export interface FieldError {
  /** A JSON pointer (RFC 6901) into the input, such as `/phone`. */
  pointer: string
  code: string
  params?: Record<string, unknown>
}

/**
 * A refusal with a name. Rendered as RFC 9457 problem+json, a sync result, an AdminJS notice or a CLI line. Title and
 * detail come from `resources/lang/<locale>/problems.json` by `code`; neither ever holds a patient's data.
 */
export abstract class Problem extends Error {
  abstract readonly status: number
  readonly code: string
  readonly errors?: FieldError[]
  /** Members besides those of RFC 9457, such as `server_version`. */
  readonly extra: Record<string, unknown>

  constructor(
    code: string,
    { errors, extra, cause }: { errors?: FieldError[]; extra?: Record<string, unknown>; cause?: unknown } = {}
  ) {
    super(code, { cause })
    this.name = new.target.name
    this.code = code
    this.errors = errors
    this.extra = extra ?? {}
  }
}

export class BadRequest extends Problem {
  readonly status = 400
}
export class Unauthenticated extends Problem {
  readonly status = 401
}
export class Forbidden extends Problem {
  readonly status = 403
}
export class NotFound extends Problem {
  readonly status = 404
}
export class MethodNotAllowed extends Problem {
  readonly status = 405
}
/** A stale version too, not 412: the specification says so. */
export class Conflict extends Problem {
  readonly status = 409
}
/** What it refers to was here and is kept no more. */
export class Gone extends Problem {
  readonly status = 410
}
export class TooLarge extends Problem {
  readonly status = 413
}
export class UnsupportedMediaType extends Problem {
  readonly status = 415
}
/** The input's shape is wrong; `errors` says where. */
export class Invalid extends Problem {
  readonly status = 422

  constructor(errors: FieldError[]) {
    super('invalid', { errors })
  }
}
/** A named rule of the domain forbids it. */
export class Refused extends Problem {
  readonly status = 422
}
export class PreconditionRequired extends Problem {
  readonly status = 428
}
export class TooMany extends Problem {
  readonly status = 429
}
export class Unavailable extends Problem {
  readonly status = 503
}

/** Somebody changed the record since the caller read it. */
export class StaleVersion extends Conflict {
  constructor(serverVersion: number, clientVersion: number) {
    super('stale_version', { extra: { server_version: serverVersion, client_version: clientVersion } })
  }
}
