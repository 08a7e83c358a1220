import { accessShape, auditLogShape } from '#app/audit/audit_log_transformer'
import { listAccesses, listAuditLogs } from '#app/audit/find_audit_logs'
import { EXAMPLE } from '#app/http/example_ids'
import type { Operations } from '#app/http/operation'

export const auditOperations: Operations = {
  'audit_logs.index': {
    gate: listAuditLogs,
    answer: { many: auditLogShape },
    as: 'admin',
    example: { query: { patient: EXAMPLE.patient, outcome: 'done', from: '2026-01-01T00:00:00Z', limit: '10' } },
  },
  'accesses.index': {
    gate: listAccesses,
    answer: { many: accessShape },
    as: 'patient',
    example: { params: { patient: EXAMPLE.patient }, query: { limit: '10' } },
  },
}
