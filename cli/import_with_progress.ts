import type { Caller } from '#app/core/caller'
import { toProblem } from '#app/core/to_problem'
import type { ImportReport } from '#app/imports/report'
import { ImportInterrupted, runImport, type ImportOptions } from '#app/imports/run_import'
import type { ProblemText } from '#cli/problem_text'
import { Progress } from '#cli/progress'
import { describeError } from '#cli/report_error'
import { sentenceOf } from '#cli/sentence_of'

export interface Imported {
  report: ImportReport
  /** Why it ended before its end; the report then says what was committed until then. */
  interrupted: ProblemText | null
}

/** An import that shows on the error output how far it is, and gives its reasons in the operator's language. */
export async function importWithProgress(
  caller: Caller,
  options: Pick<ImportOptions, 'mapping' | 'path' | 'as' | 'dryRun' | 'rejects'>
): Promise<Imported> {
  const progress = new Progress()
  try {
    const report = await runImport(caller, {
      ...options,
      onProgress: (advance) => progress.show(advance),
      sentence: ({ code, params }) => sentenceOf(code, params),
    })
    return { report, interrupted: null }
  } catch (error) {
    if (!(error instanceof ImportInterrupted)) throw error
    return { report: error.report, interrupted: describeError(toProblem(error.cause)) }
  } finally {
    progress.end()
  }
}
