import 'reflect-metadata'
import type { ImportInterrupted } from '#app/imports/run_import'
import { openApp, operatorCaller } from '#cli/app_session'

/* Another process that imports, as the command line does; it tells its parent how far it is and how it ended. */
const [mapping, path] = process.argv.slice(2) as [string, string]
const tell = (message: object) => new Promise<void>((resolve) => process.send!(message, () => resolve()))

const end = await openApp()
// Both load the database, which there is once the application has booted.
const { Pace } = await import('#app/imports/pace')
const { runImport } = await import('#app/imports/run_import')

const batches: number[] = []
const { took } = Pace.prototype
Pace.prototype.took = function (rows, milliseconds) {
  batches.push(milliseconds)
  took.call(this, rows, milliseconds)
}

try {
  const report = await runImport(operatorCaller(), {
    mapping,
    path,
    onProgress: ({ rowsRead }) => void process.send!({ rowsRead }),
  })
  await tell({ report, batches })
} catch (error) {
  const { name, code, report } = error as ImportInterrupted
  await tell({ code, report, isInterruption: name === 'ImportInterrupted', message: String(error) })
}
await end().catch(() => {})
process.exit(0)
