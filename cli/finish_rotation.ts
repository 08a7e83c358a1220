import type Job from '#app/jobs/job'
import { text } from '#cli/texts'

interface FinishedRotation {
  id: string
  /** `elsewhere`: a server has it in hand. */
  state: 'done' | 'elsewhere'
}

/** Runs a rotation to its end, also one that a process left which was killed. Errors: whatever it throws. */
export async function finishRotation({ uuid: id }: Job): Promise<FinishedRotation> {
  const { runJobHere } = await import('#cli/run_job_here')
  return { id, state: await runJobHere(id) }
}

/** What there is to do, and then that it is done. */
export function rotationLines(
  name: string,
  counts: Record<string, number>,
  finished: FinishedRotation | null
): string[] {
  const said = text(`key.${name}.counts`, counts)
  if (!finished) return [said]
  return [said, text(finished.state === 'done' ? `key.${name}.done` : 'key.elsewhere', { id: finished.id })]
}
