import 'reflect-metadata'
import { setTimeout as sleep } from 'node:timers/promises'
import { openApp } from '#cli/app_session'

/* Writes audit rows as a server does, and seals, until it is told to end or killed. */
const close = await openApp()
const { default: db } = await import('@adonisjs/lucid/services/db')
const { recordInside, recordRead } = await import('#app/audit/record')
const { sealAudit } = await import('#app/audit/seal')
const { AuditInconsistent } = await import('#app/audit/tree_head')
const { newUuid } = await import('#app/core/ids')
const { inOwnTransaction } = await import('#app/core/transaction')
const { isTransient } = await import('#app/core/to_problem')
const { callerOf } = await import('#tests/acting')

const AT_ONCE = 5
let isOver = false
const entry = (action: string) => ({ action, entity: 'patient', entityUuid: newUuid(), outcome: 'done' as const })

/** Several rows, some time, and a commit, late, or a rollback that leaves a refusal. */
async function change() {
  const caller = callerOf()
  const work = inOwnTransaction(async (owned) => {
    for (let n = Math.random() * 3; n > 0; n--) {
      await recordInside(owned, caller, entry('patients.register'))
      await sleep(Math.random() * 25)
    }
    if (Math.random() > 0.2) return
    owned.refusals.push({ caller, entry: { ...entry('patients.register'), outcome: 'refused' } })
    throw new Error('refused')
  })
  await work.catch((error: Error) => {
    if (error.message !== 'refused') throw error
  })
}

async function read() {
  await recordRead(() => db.connection(), callerOf(), entry('patients.open'))
  await sleep(Math.random() * 8)
}

async function write() {
  while (!isOver) await (Math.random() < 0.4 ? change() : read())
}

/** Without the lease, so that several do at once: one that sees the other's tree grow refuses, and agrees the next time. */
async function seal() {
  for (let refused = 0; !isOver;) {
    try {
      await sealAudit(db.connection(), { look: 'window' })
      refused = 0
    } catch (error) {
      if (!isTransient(error) && !(error instanceof AuditInconsistent && ++refused < 5)) throw error
    }
    await sleep(Math.random() * 100)
  }
}

process.stdin.on('end', () => (isOver = true)).resume()
process.stdout.write('writes\n')
await Promise.all([seal(), ...Array.from({ length: AT_ONCE }, write)])
await close()
