import AuditPolicy from '#app/audit/audit_policy'
import { exportAudit } from '#app/audit_exports/export_audit'
import { requireConfirmed } from '#app/core/confirmed'
import { readCase } from '#app/core/read_case'
import { findUser } from '#app/users/find_user'

/**
 * Whether `exportAudit` would give this file: a browser that fetches one to its disk shows no refusal, so that a form asks
 * before. Errors: those of `exportAudit`.
 */
export const askExport = readCase({
  name: 'audit.ask_export',
  input: exportAudit.input,
  find: ({ user }, { client }) => (user === undefined ? null : findUser(user, client)),
  policy: [AuditPolicy, 'export'],
  run({ caller }) {
    requireConfirmed(caller)
    return {}
  },
})
