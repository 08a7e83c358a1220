import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { ImportReport } from '#app/imports/report'
import type { LegacySystem } from '#tests/functional/imports/legacy_system'

const child = fileURLToPath(new URL('importing_child.ts', import.meta.url))

export interface Ending {
  report: ImportReport
  /** Milliseconds of each batch's transaction. */
  batches?: number[]
  code?: string
  isInterruption?: boolean
  message?: string
}

/** Imports in a process of its own, which `onRows` may kill. @returns how it ended; undefined when it was killed */
export async function importElsewhere(
  system: LegacySystem,
  onRows: (rowsRead: number, importing: ChildProcess) => void,
  environment: Record<string, string> = {}
): Promise<Ending | undefined> {
  const importing = fork(child, [system.mapping, system.folder], {
    execArgv: ['--import', '@poppinss/ts-exec'],
    env: { ...process.env, ...environment },
  })
  let ending: Ending | undefined
  importing.on('message', (message: (Partial<Ending> & { rowsRead?: number }) | string) => {
    // The application itself says 'ready' to its parent.
    if (typeof message === 'string') return
    if (message.rowsRead !== undefined) onRows(message.rowsRead, importing)
    else ending = message as Ending
  })
  await once(importing, 'exit')
  return ending
}
