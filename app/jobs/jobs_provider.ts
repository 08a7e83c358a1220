import type { ApplicationService } from '@adonisjs/core/types'

/** How long an end waits for the steps in hand; one that takes longer is rolled back, and done by the next process. */
const PATIENCE_MS = 5_000

/** Does, while serving, what stands in app/jobs/repeated.ts: jobs among it. */
export default class JobsProvider {
  private ending = new AbortController()
  private working: Promise<unknown> = Promise.resolve()

  constructor(protected app: ApplicationService) {}

  async ready() {
    const [{ REPEATED }, { repeat }, logger] = await Promise.all([
      import('#app/jobs/repeated'),
      import('#app/jobs/repeating'),
      this.app.container.make('logger'),
    ])
    this.working = Promise.all(REPEATED.map((each) => repeat(each, this.ending.signal, logger)))
  }

  async shutdown() {
    this.ending.abort()
    let waiting: NodeJS.Timeout | undefined
    const enough = new Promise<void>((resolve) => (waiting = setTimeout(resolve, PATIENCE_MS)))
    await Promise.race([this.working, enough])
    clearTimeout(waiting)
  }
}
