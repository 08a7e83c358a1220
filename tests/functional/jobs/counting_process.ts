import 'reflect-metadata'
import { setTimeout as sleep } from 'node:timers/promises'
import { openApp } from '#cli/app_session'

/* Runs a counting job in a process of its own: says each step once it is committed, and at the end how it ended. */
const [uuid, isInsisting] = process.argv.slice(2)
const close = await openApp()
const { runJob } = await import('#app/jobs/run_job')
const { knowCounting, onSteps } = await import('#tests/functional/jobs/counting')
const say = (text: string) => void process.stdout.write(`${text}\n`)
knowCounting()
onSteps('*', { after: (_, step) => say(`step ${step}`) })
let outcome = await runJob(uuid!)
while (isInsisting && outcome === 'elsewhere') {
  await sleep(20)
  outcome = await runJob(uuid!)
}
say(outcome)
await close()
