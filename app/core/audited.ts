import type { AuditEntry, Outcome } from '#app/audit/audit_entry'
import type { AuditIdentity } from '#app/core/clinical_row'
import type { Caller } from '#app/core/caller'
import { Problem, type FieldError } from '#app/core/problem'

const told = new WeakSet<object>()

/** True for an error whose refusal is in the audit already, so that no door writes it twice. */
export function isAudited(error: unknown): boolean {
  return typeof error === 'object' && error !== null && told.has(error)
}

export function markAudited(error: unknown) {
  if (typeof error === 'object' && error !== null) told.add(error)
}

export function identityOf(...candidates: unknown[]): Partial<AuditIdentity> {
  for (const candidate of candidates) {
    const named = candidate as { auditIdentity?: () => AuditIdentity } | null | undefined
    if (typeof named?.auditIdentity === 'function') return named.auditIdentity()
  }
  return {}
}

export function doneEntry(
  action: string,
  caller: Caller,
  identity: Partial<AuditIdentity>,
  status: number,
  details?: object
): AuditEntry {
  return {
    action,
    ...identity,
    outcome: 'done',
    httpStatus: caller.via === 'api' ? status : null,
    details: withReason(caller, details as Record<string, unknown> | undefined),
  }
}

export function refusalEntry(
  action: string,
  caller: Caller,
  identity: Partial<AuditIdentity>,
  error: unknown
): AuditEntry {
  const problem = error instanceof Problem ? error : null
  const outcome: Outcome = problem && problem.status < 500 ? 'refused' : 'failed'
  return {
    action,
    ...identity,
    outcome,
    httpStatus: caller.via === 'api' ? (problem?.status ?? 500) : null,
    details: withReason(caller, {
      code: problem?.code ?? 'internal_error',
      fields: problem?.errors && namesOf(problem.errors),
    }),
  }
}

function withReason({ reason }: Caller, details?: Record<string, unknown>) {
  return reason === undefined ? details : { ...details, reason }
}

/** The name of an unknown field is the sender's own words, which the audit must not keep: only where it stood. */
function namesOf(errors: FieldError[]): string[] {
  const names = errors.map(({ pointer, code }) => (code === 'unknown_field' ? pointer.replace(/[^/]*$/, '*') : pointer))
  return [...new Set(names)]
}
