import { fileURLToPath } from 'node:url'
import db from '@adonisjs/lucid/services/db'
import type { Caller } from '#app/core/caller'
import { now, toSqlInstant } from '#app/core/clock'
import type { ImportReport } from '#app/imports/report'
import env from '#start/env'

export const SAMPLE_MAPPING = 'clinique'
const FOLDER = fileURLToPath(new URL('../../resources/samples/clinique', import.meta.url))
/** Set by `up --empty`, so that a later `up` does not mix invented patients among real ones. */
const WISH = 'sample'

export type SampleWanted = 'yes' | 'unwanted' | 'there' | 'not_local' | 'has_patients'

/** Whether the sample may come in: into a local installation without patients, where nobody declined it, and once. */
export async function isSampleWanted({ empty }: { empty: boolean }): Promise<SampleWanted> {
  const wish = await db.from('settings').where('name', WISH).first()
  if (empty && !wish) await declineSample()
  if (empty || wish?.value === 'none') return 'unwanted'
  if (await db.from('import_runs').where({ mapping: SAMPLE_MAPPING, state: 'done', dry_run: false }).first())
    return 'there'
  if (env.get('APP_ENV') !== 'local') return 'not_local'
  // A run that was cut off left patients behind: its own are completed, anybody else's are left alone.
  const hasBegun = await db.from('import_runs').where({ mapping: SAMPLE_MAPPING, dry_run: false }).first()
  return !hasBegun && (await db.from('patients').first()) ? 'has_patients' : 'yes'
}

async function declineSample() {
  const at = toSqlInstant(now())
  await db.table('settings').insert({ name: WISH, value: 'none', created_at: at, updated_at: at })
}

export async function importSample(caller: Caller): Promise<ImportReport> {
  const { runImport } = await import('#app/imports/run_import')
  return runImport(caller, { mapping: SAMPLE_MAPPING, path: FOLDER })
}
