import { errors as bouncer } from '@adonisjs/bouncer'
import { errors as lucid } from '@adonisjs/lucid'
import { errors as vine } from '@vinejs/vine'
import { Forbidden, Invalid, NotFound, Problem, Unavailable, type FieldError } from '#app/core/problem'

/** Names what a library threw. Anything unknown is a bug and comes back as it is. */
export function toProblem(error: unknown): unknown {
  if (error instanceof Problem) return error
  if (error instanceof vine.E_VALIDATION_ERROR) return new Invalid(error.messages.map(fieldError))
  if (error instanceof bouncer.E_AUTHORIZATION_FAILURE) return new Forbidden('forbidden', { cause: error })
  if (error instanceof lucid.E_ROW_NOT_FOUND) return new NotFound('not_found', { cause: error })
  if (isDatabaseGone(error) || isTransient(error)) return new Unavailable('database_unavailable', { cause: error })
  return error
}

function fieldError(message: { field: string; rule: string; meta?: Record<string, unknown> }): FieldError {
  const pointer = message.field ? `/${message.field.replaceAll('.', '/')}` : ''
  return { pointer, code: message.rule, params: message.meta }
}

const GONE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'PROTOCOL_CONNECTION_LOST',
  'ETIMEDOUT',
  'SQLITE_FULL',
  'SQLITE_IOERR',
  'SQLITE_CANTOPEN',
])

export function isDatabaseGone(error: unknown): boolean {
  const { code, name } = (error ?? {}) as { code?: string; name?: string }
  return GONE.has(code ?? '') || name === 'KnexTimeoutError'
}

const TRANSIENT = new Set([
  'ER_LOCK_DEADLOCK',
  'ER_LOCK_WAIT_TIMEOUT',
  'ER_CHECKREAD',
  'SQLITE_BUSY',
  'SQLITE_BUSY_SNAPSHOT',
])

/** Another transaction was in the way: the same work may succeed on a fresh one. */
export function isTransient(error: unknown): boolean {
  const { code, cause } = (error ?? {}) as { code?: string; cause?: unknown }
  return TRANSIENT.has(code ?? '') || (cause !== undefined && isTransient(cause))
}
