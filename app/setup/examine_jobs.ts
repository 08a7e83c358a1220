import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type Job from '#app/jobs/job'
import { stuckJobs } from '#app/jobs/unfinished_jobs'
import { found, type Finding } from '#app/setup/finding'

/** Jobs that nobody tries again by themselves, and rotations that left the keys between the former and the new ones. */
export async function examineJobs(client: QueryClientContract): Promise<Finding[]> {
  const { failed, halfway } = await stuckJobs(client)
  return [
    ...(failed.length ? failed.map((job) => found('jobs', 'failed', factsOf(job))) : [found('jobs', 'ok')]),
    ...(halfway.length
      ? halfway.map((job) => found('rotations', 'halfway', factsOf(job)))
      : [found('rotations', 'ok')]),
  ]
}

function factsOf({ uuid: id, kind, problem, createdAt }: Job): Finding['params'] {
  return { id, kind, problem: problem ?? 'unexpected', since: createdAt.toISOString().slice(0, 10) }
}
