import 'reflect-metadata'
import { openApp } from '#cli/app_session'

/* Runs a rotation in a process of its own: says each step once it is committed, and at the end how it ended. */
const close = await openApp()
const { runJob } = await import('#app/jobs/run_job')
const say = (text: string) => void process.stdout.write(`${text}\n`)
say(await runJob(process.argv[2]!, { onProgress: ({ done }) => say(`step ${done}`) }))
await close()
