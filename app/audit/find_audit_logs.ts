import type { ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'
import AuditLog from '#app/audit/audit_log'
import AuditPolicy from '#app/audit/audit_policy'
import { listAccessesValidator, listAuditLogsValidator } from '#app/audit/audit_validator'
import { findOwner } from '#app/charts/find_in_chart'
import { toSqlInstant } from '#app/core/clock'
import { pageOf, type Page } from '#app/core/keyset'
import { readCase } from '#app/core/read_case'

interface Asked {
  from?: string
  to?: string
  limit?: number
  cursor?: string
}

/** Several entries have one instant, and the table's own number says which came first; it does not leave the server. */
const NEWEST = {
  column: 'created_at',
  kind: 'instant',
  direction: 'desc',
  tie: { column: 'id', publicId: 'uid' },
} as const

/** `within` is the column of a filter, with which one of the indexes begins. */
function pageOfEntries(
  query: ModelQueryBuilderContract<typeof AuditLog>,
  { list, within }: { list: string; within?: string },
  { from, to, ...page }: Asked
) {
  if (from) void query.where('audit_logs.created_at', '>=', toSqlInstant(new Date(from)))
  if (to) void query.where('audit_logs.created_at', '<', toSqlInstant(new Date(to)))
  return pageOf(query, 'audit_logs', { list, within, ...NEWEST }, page)
}

/** What happened, the latest first. What was asked is audited, since looking somebody up here tells of them too. */
export const listAuditLogs = readCase({
  name: 'audit.list',
  input: listAuditLogsValidator,
  find: () => null,
  policy: [AuditPolicy, 'view'],
  details: ({ asked, rows }: Page<AuditLog> & { asked: object }) => ({ asked, rows: rows.length }),
  async run({ client }, { limit, cursor, ...asked }) {
    const { user, patient, action, outcome, ...period } = asked
    const query = AuditLog.named(AuditLog.query({ client }))
    if (user) void query.whereRaw('audit_logs.user_id = (select u.id from users u where u.uuid = ?)', [user])
    if (patient) void query.where('audit_logs.patient_uuid', patient)
    if (action) void query.where('audit_logs.action', action)
    if (outcome) void query.where('audit_logs.outcome', outcome)
    const within = (patient && 'patient_uuid') || (user && 'user_id') || (action && 'action') || (outcome && 'outcome')
    return { ...(await pageOfEntries(query, { list: 'audit', within }, { ...period, limit, cursor })), asked }
  },
})

/** Who opened or changed one patient's chart, or tried to. */
export const listAccesses = readCase({
  name: 'audit.list_accesses',
  input: listAccessesValidator,
  find: ({ patient }, scope) => findOwner(patient, scope),
  policy: [AuditPolicy, 'viewAccesses'],
  outlivesErasure: true,
  run({ subject: { owner }, client }, { patient: _, ...asked }) {
    const query = AuditLog.named(AuditLog.query({ client })).where('audit_logs.patient_uuid', owner.uuid)
    return pageOfEntries(query, { list: 'accesses', within: 'patient_uuid' }, asked)
  },
})
