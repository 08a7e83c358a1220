import { finishRun, startRun } from '#app/imports/import_runs'
import { emptyReport } from '#app/imports/report'
import { callerOf } from '#tests/acting'
import type { Part } from '#tests/functional/api/example_world'

/** For the back office: the API has none. */
export const imports: Part = async () => {
  const { uuid: id } = await startRun(callerOf(), { mapping: 'clinique', source: 'clinique', dry_run: false })
  await finishRun(callerOf(), { id, state: 'done', report: emptyReport(id, false, ['patients.csv']) })
  return {}
}
