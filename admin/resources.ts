import type { AdminResource } from '#admin/resource'
import { alerts } from '#admin/resources/alerts'
import { auditLogs } from '#admin/resources/audit_logs'
import { devices } from '#admin/resources/devices'
import { erasures } from '#admin/resources/erasures'
import { importRuns } from '#admin/resources/import_runs'
import { jobs } from '#admin/resources/jobs'
import { roles } from '#admin/resources/roles'
import { sessions } from '#admin/resources/sessions'
import { users } from '#admin/resources/users'

export const RESOURCES: AdminResource[] = [
  users,
  roles,
  sessions,
  devices,
  alerts,
  importRuns,
  auditLogs,
  jobs,
  erasures,
]
