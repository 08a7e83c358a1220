import vine from '@vinejs/vine'
import type { Caller } from '#app/core/caller'
import { useCase } from '#app/core/use_case'
import ImportPolicy from '#app/imports/import_policy'
import type { ImportReport } from '#app/imports/report'
import { runImport, type Progress } from '#app/imports/run_import'
import { withStaged } from '#app/imports/staged_upload'
import { checkChoice, choiceFields, keepMapping } from '#app/imports/upload_choice'
import { writePlan } from '#app/imports/upload_folder'
import { BadUpload } from '#app/imports/upload_problems'
import { megabytes, ownUpload, requireFree } from '#app/imports/uploads'
import { startJob } from '#app/jobs/start_job'

/* It is one transaction, and nobody else writes to SQLite meanwhile. */
const TRIAL_BYTES_OF_SQLITE = 16 * 1024 * 1024

/** Has a server import what was sent, in a job. Errors: BadMapping, BadUpload, NotFound. */
export const importUpload = useCase({
  name: 'imports.import_upload',
  status: 202,
  input: vine.create({ ...choiceFields, language: vine.enum(['fr', 'en']).optional() }),
  find: ({ upload }, { caller }) => ownUpload(upload, caller),
  policy: [ImportPolicy, 'run'],
  async run({ caller, trx, note }, { language, ...choice }) {
    const { upload } = choice
    await requireFree(upload, caller, trx)
    await checkChoice(choice)
    const staged = await keepMapping(choice)
    const payload = { ...staged, upload, language }
    const job = await startJob(trx, { kind: 'imports.run', payload, caller, inBackground: true })
    await writePlan(upload, { job: job.uuid, request: caller.requestId })
    note({ upload, job: job.uuid, mapping: staged.mapping })
    return job
  },
})

const allowTrial = useCase({
  name: 'imports.rehearse',
  input: vine.create(choiceFields),
  find: ({ upload }, { caller }) => ownUpload(upload, caller),
  policy: [ImportPolicy, 'run'],
  async run({ trx, note }, choice) {
    const { bytes } = await checkChoice(choice)
    const most = TRIAL_BYTES_OF_SQLITE
    if (trx.dialect.name !== 'mysql' && bytes > most)
      throw new BadUpload('upload_trial_too_large', { limit: megabytes(most) })
    note({ upload: choice.upload, mapping: choice.mapping })
    return keepMapping(choice)
  },
})

/** Imports what was sent, and takes all of it back. Errors: as `importUpload`, BadSource, ImportInterrupted. */
export async function rehearseUpload(
  caller: Caller,
  choice: { upload: string },
  onProgress: (progress: Progress) => void
): Promise<ImportReport> {
  const staged = await allowTrial(caller, choice)
  return withStaged(choice.upload, staged, ({ mapping, path }) =>
    runImport(caller, { mapping, path, partial: true, dryRun: true, onProgress })
  )
}
