import vine from '@vinejs/vine'
import type { ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'
import AuditLog from '#app/audit/audit_log'
import AuditPolicy from '#app/audit/audit_policy'
import { OUTCOMES } from '#app/audit/audit_validator'
import { boundSearch, INDEXED, type Indexed } from '#app/audit/bound_search'
import { browse } from '#app/core/browse'
import { toSqlInstant } from '#app/core/clock'
import { isUuid } from '#app/core/ids'
import { readCase } from '#app/core/read_case'
import { moment, rowUuid } from '#app/core/rules'

interface Filters {
  created_at_from?: string
  created_at_to?: string
  user?: string
  patient?: string
  action?: string
  outcome?: string
}

type Query = ModelQueryBuilderContract<typeof AuditLog>

/** The audit as the back office lists it. What was looked for is audited, since looking somebody up tells of them too. */
export const browseAuditLogs = browse({
  name: 'audit.browse',
  policy: [AuditPolicy, 'view'],
  filters: {
    created_at_from: moment().optional(),
    created_at_to: moment().optional(),
    user: vine.string().trim().maxLength(190).optional(),
    patient: vine.string().trim().toUpperCase().maxLength(36).optional(),
    action: vine.string().trim().toLowerCase().maxLength(64).optional(),
    outcome: vine.enum(OUTCOMES).optional(),
  },
  sorts: { created_at: 'audit_logs.created_at' },
  direction: 'desc',
  tie: 'audit_logs.id',
  async bound({ client }, filters) {
    const { created_at_from, created_at_to } = filters as Filters
    const { by, since } = await boundSearch(filters, (one) => {
      const alone = { created_at_from, created_at_to, [one]: filters[one] }
      return narrowed(AuditLog.query({ client }), alone, one)
    })
    return { filters: { ...filters, ...(since ? { created_at_from: since.toISOString() } : {}), by }, since }
  },
  query: ({ client }, { by, ...filters }) =>
    narrowed(AuditLog.named(AuditLog.query({ client })), filters, by as Indexed | undefined),
  show: rowOf,
  details: ({ rows, filters }) => ({ asked: filters, rows: rows.length }),
})

/** One entry, with all that is kept of it. */
export const openAuditLog = readCase({
  name: 'audit.open',
  input: vine.create({ id: rowUuid() }),
  find: ({ id }, { client }) => AuditLog.named(AuditLog.query({ client })).where('audit_logs.uid', id).firstOrFail(),
  policy: [AuditPolicy, 'view'],
  access: (_, { uid }) => ({ details: { entry: uid } }),
  async run({ client, subject }, { id }) {
    const kept = await client
      .from('audit_logs')
      .leftJoin('audit_leaves', 'audit_leaves.audit_id', 'audit_logs.id')
      .where('audit_logs.uid', id)
      .select('audit_logs.writer', 'audit_logs.wseq', 'audit_logs.mac', 'audit_leaves.leaf')
      .firstOrFail()
    const [writer, code] = [kept.writer, kept.mac].map((bytes: Buffer) => bytes.toString('hex'))
    const leaf = kept.leaf === null ? null : Number(kept.leaf)
    return { ...rowOf(subject), writer, number: Number(kept.wseq), code, leaf }
  },
})

function narrowed(query: Query, filters: Filters, by: Indexed | undefined): Query {
  const { created_at_from: from, created_at_to: to, user, patient, action, outcome } = filters
  if (from) void query.where('audit_logs.created_at', '>=', toSqlInstant(new Date(from)))
  if (to) void query.where('audit_logs.created_at', '<', toSqlInstant(new Date(to)))
  if (user) whereUser(query, user.toLowerCase())
  if (patient) wherePatient(query, patient)
  if (action) void query.where('audit_logs.action', asciiOf(action))
  if (outcome) void query.where('audit_logs.outcome', outcome)
  inItsIndex(query, by)
  return query
}

/** By e-mail or uuid; nobody else has entries. */
function whereUser(query: Query, user: string) {
  const column = isUuid(user) ? 'uuid' : 'email'
  void query.whereRaw(`audit_logs.user_id = (select u.id from users u where u.${column} = ?)`, [user])
}

/** By uuid or medical record number, of whom was merged or erased too. */
function wherePatient(query: Query, patient: string) {
  const uuid = patient.toLowerCase()
  if (isUuid(uuid)) return void query.where('audit_logs.patient_uuid', uuid)
  const own = 'audit_logs.patient_uuid = (select p.uuid from patients p where p.mrn = ?)'
  void query.whereRaw(own, [asciiOf(patient)])
}

/** MariaDB cannot compare an ASCII column with other letters, which no value of it has. */
const asciiOf = (value: string) => (/^[\x20-\x7e]*$/.test(value) ? value : '')

/**
 * Each of these indexes has the entries in the order of the list. MariaDB would rather sort all that one filter finds, or
 * read from the newest on until enough were found; SQLite takes any of several.
 */
function inItsIndex(query: Query, by: Indexed | undefined) {
  const { client } = query
  const index = by ? `audit_logs_${INDEXED[by]}_created_at_index` : 'audit_logs_created_at_id_index'
  if (client.dialect.name === 'mysql') void query.from(client.raw(`audit_logs force index (${index})`) as never)
  else if (by) void query.from(client.raw(`audit_logs indexed by ${index}`) as never)
}

function rowOf(log: AuditLog) {
  const { via = null, ...details } = log.told
  return {
    id: log.uid,
    created_at: log.createdAt.toISOString(),
    user: log.userName,
    user_id: log.userUuid,
    role: log.role?.split(',') ?? [],
    action: log.action,
    outcome: log.outcome,
    entity: log.entity,
    entity_id: log.entityUuid,
    patient: log.patientUuid,
    via,
    http_status: log.httpStatus,
    ip_address: log.ipAddress,
    user_agent: log.userAgent,
    request_id: log.requestId,
    details: JSON.stringify(details, null, 2),
  }
}
