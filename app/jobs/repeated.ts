import { repeating, type Repeated } from '#app/jobs/repeating'

/** Everything that one process of several does again and again while serving. Modules are loaded when their turn comes. */
export const REPEATED: Repeated[] = [
  repeating('jobs.run', 2_000, async ({ signal }) => {
    const { runDueJobs } = await import('#app/jobs/run_due_jobs')
    await runDueJobs(signal)
  }),
  repeating('audit.seal', 2_000, async ({ lease }) => {
    const { keepSealed } = await import('#app/anchors/serve_audit')
    await keepSealed(lease)
  }),
  repeating('audit.anchor', 10 * 60_000, async () => {
    const { keepAnchored } = await import('#app/anchors/serve_audit')
    await keepAnchored()
  }),
]
