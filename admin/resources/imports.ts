import { openImportDesk } from '#app/imports/open_desk'
import type { AdminPage } from '#admin/pages'

/** Where files are sent, tried and imported: admin/import_streams.ts. What was imported is the list `import_runs`. */
export const imports: AdminPage = {
  id: 'imports',
  group: 'imports',
  icon: 'Upload',
  permission: 'imports.run',
  component: 'Imports',
  open: openImportDesk,
}
