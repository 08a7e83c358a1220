import { readAuditState } from '#app/anchors/audit_state'
import { askExport } from '#app/audit_exports/ask_export'
import type { AdminPage } from '#admin/pages'

/** Whether the audit is intact, and what of it is taken away. Both answer at length: admin/streams.ts. */
export const auditProof: AdminPage = {
  id: 'audit_proof',
  group: 'audit',
  icon: 'Shield',
  permission: 'audit.view',
  component: 'AuditProof',
  open: readAuditState,
  actions: {
    export: {
      gate: askExport,
      permission: 'audit.export',
      icon: 'Download',
      isDangerous: true,
      input: (_, typed) => exportInput(typed),
    },
  },
}

/** A form sends nothing but texts. */
export function exportInput({ proof, ...typed }: Record<string, string>): Record<string, unknown> {
  const given = Object.entries(typed).filter(([, value]) => value !== '')
  return { ...Object.fromEntries(given), ...(proof ? { proof: proof === 'true' } : {}) }
}
