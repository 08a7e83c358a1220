import { dirname } from 'node:path'
import { Refused } from '#app/core/problem'
import { keepRejects } from '#app/imports/kept_rejects'
import type { ImportReport } from '#app/imports/report'
import type { ImportOptions } from '#app/imports/run_import'
import { withStaged, type Staged } from '#app/imports/staged_upload'
import { ownerOf, removeUpload } from '#app/imports/upload_folder'

/**
 * Imports what was sent, keeps what was not taken for some days, and removes what was sent. Errors: those of the import,
 * which leave it to be tried again; `upload_gone` where a former attempt, or the sweeping, has removed it.
 */
export async function importSent(
  { upload, ...staged }: Staged & { upload: string },
  run: (options: ImportOptions) => Promise<ImportReport>
): Promise<ImportReport> {
  if (!(await ownerOf(upload))) throw new Refused('upload_gone')
  const report = await withStaged(upload, staged, async ({ mapping, path, rejects }) => {
    const done = await run({ mapping, path, partial: true, rejects })
    await keepRejects(done.run_id, staged.files.length > 1 ? rejects : dirname(rejects))
    return done
  })
  await removeUpload(upload)
  return report
}
