import 'reflect-metadata'
import { setTimeout as sleep } from 'node:timers/promises'
import { openApp, operatorCaller } from '#cli/app_session'

/* Rotates the index in a process of its own, which may be killed: says when it begins, and when it is done. */
const [keptFor] = process.argv.slice(2).map(Number)
await openApp()
const { keepVersionsFor } = await import('#app/keys/index_versions')
const { rotateIndex } = await import('#app/rotations/rotate_index')
const { runJob } = await import('#app/jobs/run_job')

keepVersionsFor(keptFor!)
const { job } = await rotateIndex(operatorCaller(), {})
process.send!({ said: 'begun', job: job.uuid })
while ((await runJob(job.uuid)) === 'elsewhere') await sleep(20)
process.send!({ said: 'done', job: job.uuid }, () => process.exit(0))
