import type { Caller } from '#app/core/caller'
import type { AdminAction } from '#admin/resource'
import { auditProof } from '#admin/resources/audit_proof'
import { imports } from '#admin/resources/imports'
import { keys } from '#admin/resources/keys'
import { permissions } from '#admin/resources/permissions'
import { settings } from '#admin/resources/settings'

/** What is no list of records. Its texts are a file like a resource's, with `name` for the menu. */
export interface AdminPage {
  /** In the address, `/admin/pages/<id>`. */
  id: string
  /** Where it is in the menu, among the resources of the same group. */
  group: string
  icon: string
  /** Who sees it in the menu; the gates decide. */
  permission: string
  /** Its name in admin/pages/index.ts. */
  component: string
  /** A read-case: what the page shows at first. */
  open: (caller: Caller, input: any) => Promise<object>
  /** What the read-case is given of the address' query; nothing where it is left out. */
  input?(query: Record<string, string>): Record<string, unknown>
  /** What may be done there: a POST whose field `action` is one of these names. */
  actions?: Record<string, AdminAction>
}

export const PAGES: AdminPage[] = [permissions, auditProof, imports, keys, settings]
