import type { PageHandler } from 'adminjs'
import type { MatterCode } from '#app/overview/matters'
import { readOverview } from '#app/overview/read_overview'
import { callerIn } from '#admin/back_office_user'

const AUDIT = '/admin/resources/audit_logs?'

/** Where one sees more of it, and does something about it. */
const LEADS_TO: Record<MatterCode, (since: string) => string> = {
  sealing_late: () => '/admin/pages/audit_proof',
  anchors_failing: () => '/admin/pages/audit_proof',
  keys_silent: () => '/admin/pages/keys',
  rotation_failed: () => '/admin/pages/keys',
  rotation_halfway: () => '/admin/pages/keys',
  import_failed: () => '/admin/resources/import_runs?filters.state=failed',
  job_failed: () => '/admin/resources/jobs?filters.state=failed',
  mails_stuck: () => '/admin/resources/users?filters.state=invited',
  emergency_open: () => '/admin/resources/alerts?filters.state=open&filters.kind=emergency_access',
  late_entry_open: () => '/admin/resources/alerts?filters.state=open&filters.kind=late_entry',
  erasure_waiting: () => '/admin/resources/erasures?filters.state=waiting',
  keys_due: () => '/admin/pages/keys',
  sign_in_refused: (since) => `${AUDIT}filters.action=login_failed&filters.created_at~~from=${since}`,
  second_factor_refused: (since) => `${AUDIT}filters.action=second_factor_failed&filters.created_at~~from=${since}`,
}

/** What the dashboard shows, each matter with where it leads. */
export const dashboardHandler: PageHandler = async (_request, _response, context) => {
  const { matters, since, ...rest } = await readOverview(callerIn(context), {})
  const told = matters.map((matter) => ({ ...matter, to: LEADS_TO[matter.code](encodeURIComponent(since)) }))
  return { ...rest, matters: told }
}
