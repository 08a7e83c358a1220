import type { JobKind } from '#app/jobs/job_kind'

/** Every kind of job by its name, which stands in the database: add, never rename. A module is loaded when one runs. */
export const KINDS: Record<string, () => Promise<{ default: JobKind<any, any> }>> = {
  'imports.run': () => import('#app/imports/import_job'),
  'keys.rewrap': () => import('#app/keys/rewrap_job'),
  'keys.rotate_kek': () => import('#app/keys/rotate_kek_job'),
  'keys.rotate_master': () => import('#app/keys/rotate_master_job'),
  'keys.rotate_data': () => import('#app/rotations/rotate_data_job'),
  'keys.rotate_index': () => import('#app/rotations/rotate_index_job'),
}
