import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { sweepRejects } from '#app/imports/kept_rejects'
import { removeOpened } from '#app/imports/staged_upload'
import { everyUpload, filesOf, readPlan, removeUpload, touchedAt } from '#app/imports/upload_folder'
import { OPEN_STATES } from '#app/jobs/job'

const HOUR_MS = 60 * 60_000
/**
 * How long files are kept that nobody imports, that never came whole, that a killed process left in clear, and what an
 * import did not take.
 */
const KEPT = { unused: 24 * HOUR_MS, broken: HOUR_MS, opened: 6 * HOUR_MS, rejects: 7 * 24 * HOUR_MS }

/** Removes what was sent and nobody imported; what a job still needs stays. */
export async function sweepUploads(at: Date, client: QueryClientContract): Promise<void> {
  for (const upload of await everyUpload()) {
    const idle = at.getTime() - (await touchedAt(upload))
    if (idle < KEPT.broken || (await isAwaited(upload, client))) continue
    const files = await filesOf(upload)
    const isWhole = files.length > 0 && files.every(({ bytes, received }) => bytes === received)
    if (!isWhole || idle >= KEPT.unused) await removeUpload(upload)
    else await removeOpened(upload, new Date(at.getTime() - KEPT.opened))
  }
  await sweepRejects(new Date(at.getTime() - KEPT.rejects))
}

async function isAwaited(upload: string, client: QueryClientContract): Promise<boolean> {
  const plan = await readPlan(upload)
  if (!plan) return false
  const job = await client
    .from('jobs')
    .select('id')
    .where('uuid', plan.job)
    .whereIn('state', [...OPEN_STATES])
    .first()
  return job !== null
}
