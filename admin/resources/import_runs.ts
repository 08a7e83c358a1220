import { browseImportRuns, openImportRun } from '#app/imports/browse_import_runs'
import type { AdminResource } from '#admin/resource'

/** Nobody changes what was: a new import is begun on its own page. */
export const importRuns: AdminResource = {
  id: 'import_runs',
  group: 'imports',
  icon: 'Inbox',
  permission: 'imports.run',
  title: 'mapping',
  sort: { sortBy: 'started_at', direction: 'desc' },
  properties: {
    started_at: { type: 'datetime', inList: true, isFilter: true, isSortable: true },
    state: { inList: true, isFilter: true, values: ['running', 'done', 'failed'] },
    mapping: { inList: true, isFilter: true },
    source: {},
    files: { inList: true, isList: true },
    person: { inList: true },
    rows_read: { type: 'number', inList: true },
    rejected: { type: 'number', inList: true },
    remarks: { type: 'number' },
    seconds: { type: 'number' },
    finished_at: { type: 'datetime' },
    report: { shownBy: 'ImportReport' },
  },
  browse: browseImportRuns,
  open: openImportRun,
}
