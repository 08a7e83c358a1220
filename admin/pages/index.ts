import { ActionForm } from './action_form.js'
import { AuditProof } from './audit_proof.js'
import { Dashboard } from './dashboard.js'
import { PermissionMatrix } from './permission_matrix.js'
import { Preformatted } from './preformatted.js'
import { SidebarPages } from './sidebar_pages.js'

declare global {
  /** AdminJS' own bundle puts it there before this one runs. */
  var AdminJS: { UserComponents?: Record<string, unknown> }
}

globalThis.AdminJS.UserComponents = { ActionForm, Dashboard, PermissionMatrix, SidebarPages, AuditProof, Preformatted }
