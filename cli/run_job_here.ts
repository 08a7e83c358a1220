import { runJob } from '#app/jobs/run_job'
import { text } from '#cli/texts'

const REDRAW_MS = 100
const LINE_MS = 5_000

/**
 * Runs a job in this process, and shows on the error output how far it is. 'elsewhere' when a server has it in hand.
 * Errors: whatever the job throws; a server tries it again, or the same command does.
 */
export async function runJobHere(uuid: string): Promise<'done' | 'elsewhere'> {
  const { stderr } = process
  let shownAt = 0
  try {
    return await runJob(uuid, {
      onProgress({ done, total }) {
        if (total === 0) return
        const isLast = done === total
        if (!isLast && performance.now() - shownAt < (stderr.isTTY ? REDRAW_MS : LINE_MS)) return
        shownAt = performance.now()
        const line = lineOf(done, total)
        stderr.write(stderr.isTTY ? `\r\u001b[K${line}` : `${line}\n`)
      },
    })
  } finally {
    if (stderr.isTTY && shownAt) stderr.write('\r\u001b[K')
  }
}

function lineOf(done: number, total: number | null): string {
  return total
    ? text('job.of_total', { percent: Math.floor((done / total) * 100), done, total })
    : text('job.so_far', { done })
}
