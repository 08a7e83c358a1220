import type { AdminResource } from '#admin/resource'
import { alerts } from '#admin/resources/alerts'
import { assignments } from '#admin/resources/assignments'
import { auditLogs } from '#admin/resources/audit_logs'
import { consultations } from '#admin/resources/consultations'
import { devices } from '#admin/resources/devices'
import { erasures } from '#admin/resources/erasures'
import { importRuns } from '#admin/resources/import_runs'
import { jobs } from '#admin/resources/jobs'
import { labResults } from '#admin/resources/lab_results'
import { medicalRecords } from '#admin/resources/medical_records'
import { patients } from '#admin/resources/patients'
import { prescriptions } from '#admin/resources/prescriptions'
import { roles } from '#admin/resources/roles'
import { sessions } from '#admin/resources/sessions'
import { users } from '#admin/resources/users'

export const RESOURCES: AdminResource[] = [
  users,
  roles,
  sessions,
  devices,
  patients,
  assignments,
  consultations,
  medicalRecords,
  prescriptions,
  labResults,
  alerts,
  importRuns,
  auditLogs,
  jobs,
  erasures,
]
