import 'reflect-metadata'
import { setTimeout as sleep } from 'node:timers/promises'
import { openApp } from '#cli/app_session'

/* Rotates in a process of its own: says each step once it is committed. `careless` leaves out the compare-and-set. */
const [uuid, isCareless] = process.argv.slice(2)
const close = await openApp()
const { default: db } = await import('@adonisjs/lucid/services/db')
const { runJob } = await import('#app/jobs/run_job')
const say = (text: string) => void process.stdout.write(`${text}\n`)
if (isCareless) {
  const builder = Object.getPrototypeOf(db.query()) as { where: (...args: unknown[]) => unknown }
  const { where } = builder
  builder.where = function (this: unknown, ...args) {
    return Buffer.isBuffer(args[1]) ? this : where.apply(this, args)
  }
}
while ((await runJob(uuid!, { onProgress: () => say('step') })) === 'elsewhere') await sleep(20)
say('done')
await close()
