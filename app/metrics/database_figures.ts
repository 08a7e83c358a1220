import db from '@adonisjs/lucid/services/db'
import { fromSqlInstant, now, toSqlInstant } from '#app/core/clock'
import { OPEN_STATES } from '#app/jobs/job'
import { gauge } from '#app/metrics/registry'
import { readConnection } from '#config/database'

/* A failure that nobody wishes to try again is not told for ever. */
const WEEK_MS = 7 * 86_400_000

const up = gauge({ name: 'medinfo_database_up', help: 'Whether the database answered just now, 1 or 0.' })
const jobs = gauge({
  name: 'medinfo_jobs',
  help: 'Background jobs, by their state; done and failed ones of the last seven days.',
  labelNames: ['state'],
})
const sealed = gauge({
  name: 'medinfo_audit_sealed_entries',
  help: 'Entries of the audit under the last signed checkpoint.',
})
const sealedAt = gauge({
  name: 'medinfo_audit_checkpoint_timestamp_seconds',
  help: 'When the last checkpoint of the audit was signed, in seconds since 1970.',
})

/** What all processes share. While the database is away the figures are absent, and the others are still told. */
export async function readDatabase() {
  for (const figure of [jobs, sealed, sealedAt]) figure.reset()
  try {
    const client = db.connection(readConnection)
    const weekAgo = toSqlInstant(new Date(now().getTime() - WEEK_MS))
    const states = await client
      .from('jobs')
      .whereIn('state', [...OPEN_STATES])
      .orWhere('ended_at', '>', weekAgo)
      .groupBy('state')
      .select('state')
      .count('* as n')
    for (const state of [...OPEN_STATES, 'done', 'failed']) jobs.set({ state }, 0)
    for (const { state, n } of states) jobs.set({ state }, Number(n))
    const last = await client.from('audit_checkpoints').orderBy('size', 'desc').select('size', 'created_at').first()
    sealed.set(Number(last?.size ?? 0))
    sealedAt.set(last ? fromSqlInstant(last.created_at).getTime() / 1000 : 0)
    up.set(1)
  } catch {
    up.set(0)
  }
}
