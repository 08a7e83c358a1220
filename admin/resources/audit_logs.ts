import { browseAuditLogs, openAuditLog } from '#app/audit/browse_audit_logs'
import { OUTCOMES } from '#app/audit/audit_validator'
import { DEFAULT_ROLES } from '#app/users/default_roles'
import type { AdminResource } from '#admin/resource'

const ROLES = Object.keys(DEFAULT_ROLES)

/** Nobody writes it: there is no action. */
export const auditLogs: AdminResource = {
  id: 'audit_logs',
  group: 'audit',
  icon: 'BookOpen',
  permission: 'audit.view',
  title: 'action',
  sort: { sortBy: 'created_at', direction: 'desc' },
  properties: {
    created_at: { type: 'datetime', hasSeconds: true, inList: true, isFilter: true, isSortable: true },
    user: { inList: true, isFilter: true },
    user_id: {},
    role: { inList: true, isList: true, values: ROLES },
    action: { inList: true, isFilter: true },
    outcome: { inList: true, isFilter: true, values: OUTCOMES },
    entity: {},
    entity_id: {},
    patient: { inList: true, isFilter: true },
    via: { values: ['api', 'sync', 'admin', 'cli', 'job'] },
    http_status: { type: 'number' },
    ip_address: { inList: true },
    user_agent: {},
    request_id: {},
    details: { isPreformatted: true },
    writer: {},
    number: { type: 'number' },
    code: {},
    leaf: { type: 'number' },
  },
  browse: browseAuditLogs,
  open: openAuditLog,
}
