import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { anchorsOf, countLate } from '#app/anchors/audit_state'
import { now, toSqlInstant } from '#app/core/clock'
import { stuckJobs } from '#app/jobs/unfinished_jobs'
import { countDueKeys } from '#app/keys/key_status'
import { mailQueueState } from '#app/mails/queue_state'
import { countEach, entriesOf } from '#app/overview/count_up_to'
import type { PermissionName } from '#app/users/default_roles'

const DAY_MS = 86_400_000
const WEEK_MS = 7 * DAY_MS

/** The order in which they are told. */
const URGENT = [
  'sealing_late',
  'anchors_failing',
  'keys_silent',
  'rotation_failed',
  'rotation_halfway',
  'import_failed',
  'job_failed',
  'mails_stuck',
] as const
const TO_DO = [
  'emergency_open',
  'late_entry_open',
  'erasure_waiting',
  'keys_due',
  'sign_in_refused',
  'second_factor_refused',
] as const

export type MatterCode = (typeof URGENT)[number] | (typeof TO_DO)[number]

/** Something that somebody should look at. */
export interface Matter {
  code: MatterCode
  isUrgent: boolean
  /** `COUNTED + 1` where there are more than anybody counts. */
  count: number
}

type Counts = Partial<Record<MatterCode, number>>

type Look = (client: QueryClientContract, stuck: () => ReturnType<typeof stuckJobs>) => Promise<Counts>

/** What is told to whoever has this permission, as it is that of the page that shows more. */
const LOOKS: [PermissionName, Look][] = [
  ['audit.view', lookAtAudit],
  ['keys.manage', lookAtKeys],
  ['settings.manage', lookAtJobs],
  ['users.manage', lookAtMails],
  ['imports.run', lookAtImports],
  ['alerts.review', lookAtAlerts],
  ['patients.erase', lookAtErasures],
]

/** What is wrong, or waits for somebody; first what is urgent. */
export async function mattersFor(may: (permission: PermissionName) => boolean, client: QueryClientContract) {
  const counts: Counts = {}
  let jobs: ReturnType<typeof stuckJobs> | undefined
  const stuck = () => (jobs ??= stuckJobs(client))
  for (const [permission, look] of LOOKS) if (may(permission)) Object.assign(counts, await look(client, stuck))
  const told = (codes: readonly MatterCode[], isUrgent: boolean): Matter[] =>
    codes.filter((code) => counts[code]).map((code) => ({ code, isUrgent, count: counts[code]! }))
  return [...told(URGENT, true), ...told(TO_DO, false)]
}

/** Since when refusals are told. */
export const dayAgo = () => new Date(now().getTime() - DAY_MS)

async function lookAtAudit(client: QueryClientContract): Promise<Counts> {
  const span = [dayAgo(), now()].map(toSqlInstant) as [string, string]
  const [signIns, secondFactors] = await countEach(client, [
    entriesOf(client, 'login_failed', ...span),
    entriesOf(client, 'second_factor_failed', ...span),
  ])
  const anchors = await anchorsOf(client)
  return {
    sealing_late: await countLate(client),
    anchors_failing: anchors.filter(({ problem }) => problem).length,
    sign_in_refused: signIns,
    second_factor_refused: secondFactors,
  }
}

async function lookAtKeys(...[client, stuck]: Parameters<Look>): Promise<Counts> {
  const { failed, halfway } = await stuck()
  const { due, isSilent } = await countDueKeys(client)
  return {
    rotation_failed: failed.filter(({ kind }) => kind.startsWith('keys.')).length,
    rotation_halfway: halfway.length,
    keys_due: due,
    keys_silent: isSilent ? 1 : 0,
  }
}

async function lookAtJobs(...[, stuck]: Parameters<Look>): Promise<Counts> {
  const { failed } = await stuck()
  return { job_failed: failed.filter(({ kind }) => !kind.startsWith('keys.')).length }
}

/** Most of them invite somebody, or let somebody in again. */
async function lookAtMails(client: QueryClientContract): Promise<Counts> {
  const { failed, stuck } = await mailQueueState(client)
  return { mails_stuck: failed + stuck }
}

async function lookAtImports(client: QueryClientContract): Promise<Counts> {
  const weekAgo = toSqlInstant(new Date(now().getTime() - WEEK_MS))
  const from = `import_runs where state = 'failed' and started_at >= ?`
  const [failed] = await countEach(client, [{ from, bindings: [weekAgo] }])
  return { import_failed: failed }
}

async function lookAtAlerts(client: QueryClientContract): Promise<Counts> {
  const open = (kind: string) => ({ from: `alerts where state = 'open' and kind = ?`, bindings: [kind] })
  const [emergencies, lateEntries] = await countEach(client, [open('emergency_access'), open('late_entry')])
  return { emergency_open: emergencies, late_entry_open: lateEntries }
}

async function lookAtErasures(client: QueryClientContract): Promise<Counts> {
  const from = 'shred_requests where is_open = 1 and expires_at > ?'
  const [waiting] = await countEach(client, [{ from, bindings: [toSqlInstant(now())] }])
  return { erasure_waiting: waiting }
}
