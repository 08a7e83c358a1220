import type { ComponentType } from 'react'
import { ActionHeader } from './action_header.js'
import { ActionForm } from './action_form.js'
import { AuditProof } from './audit_proof.js'
import { bounded } from './bounded.js'
import { Dashboard } from './dashboard.js'
import { Filters } from './filters.js'
import { ImportReport } from './import_report.js'
import { Imports } from './imports.js'
import { Keys } from './keys.js'
import { Notices } from './notices.js'
import { RecordDetail } from './record_detail.js'
import { RecordList } from './record_list.js'
import { Settings } from './settings.js'
import { SidebarPages, SidebarResources } from './sidebar_resources.js'
import { STYLE } from './style.js'
import { TopBar } from './top_bar.js'
import { PermissionMatrix } from './permission_matrix.js'
import { Preformatted } from './preformatted.js'

declare global {
  /** AdminJS' own bundle puts it there before this one runs. */
  var AdminJS: { UserComponents?: Record<string, unknown> }
}

globalThis.AdminJS.UserComponents = { ActionForm, Dashboard, PermissionMatrix, SidebarPages, AuditProof, Preformatted }
Object.assign(globalThis.AdminJS.UserComponents, { ImportReport, Imports, Keys, Settings })

/* Those of AdminJS that are replaced, by the names that it looks for. */
Object.assign(globalThis.AdminJS.UserComponents!, {
  ActionHeader,
  DefaultListAction: RecordList,
  DefaultShowAction: RecordDetail,
  FilterDrawer: Filters,
  NoticeBox: Notices,
  SidebarResourceSection: SidebarResources,
  TopBar,
})

const known = globalThis.AdminJS.UserComponents as Record<string, ComponentType>
for (const [name, component] of Object.entries(known)) known[name] = bounded(component)

document.head.append(Object.assign(document.createElement('style'), { textContent: STYLE }))
