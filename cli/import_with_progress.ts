import type { Caller } from '#app/core/caller'
import type { ImportReport } from '#app/imports/report'
import { runImport, type ImportOptions } from '#app/imports/run_import'
import { Progress } from '#cli/progress'
import { sentenceOf } from '#cli/sentence_of'

/** An import that shows on the error output how far it is, and gives its reasons in the operator's language. */
export async function importWithProgress(
  caller: Caller,
  options: Pick<ImportOptions, 'mapping' | 'path' | 'as' | 'dryRun' | 'rejects'>
): Promise<ImportReport> {
  const progress = new Progress()
  try {
    return await runImport(caller, {
      ...options,
      onProgress: (advance) => progress.show(advance),
      sentence: ({ code, row }) => sentenceOf(code, row.kind === 'rejected' ? row.refusal.params : {}),
    })
  } finally {
    progress.end()
  }
}
