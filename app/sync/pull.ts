import vine from '@vinejs/vine'
import type { Caller } from '#app/core/caller'
import { readCase, type ChartEntry } from '#app/core/read_case'
import { rowUuid } from '#app/core/rules'
import { changesSince, type PulledChange } from '#app/sync/changes_since'
import { compareScopes, grantedScopes } from '#app/sync/granted_scopes'
import { LIMITS, type SyncRequest } from '#app/sync/protocol'
import { numberChanges } from '#app/sync/sequencer'
import SyncPolicy from '#app/sync/sync_policy'
import { seqSeen, syncState, writeSyncCursor } from '#app/sync/sync_position'
import { tellUnreadable, type UnreadableChart } from '#app/sync/unreadable_charts'

export interface Pulled {
  epoch: string
  changes: PulledChange[]
  cursor: string | null
  hasMore: boolean
  addScopes: string[]
  purgeScopes: string[]
  scopesDiffer: boolean
  unreadable: UnreadableChart[]
}

export type PullRequest = Pick<SyncRequest, 'epoch' | 'cursor' | 'limit' | 'scopes_digest' | 'scopes'>

const position = { epoch: rowUuid().nullable(), cursor: vine.string().maxLength(256).nullable() }

const held = {
  scopes_digest: vine
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  scopes: vine.array(rowUuid()).maxLength(LIMITS.scopes).optional(),
}

/** The part of a sync request that pulls. */
const pullFields = {
  ...position,
  ...held,
  limit: vine.number().withoutDecimals().range([1, LIMITS.changes]).optional(),
}

const examine = readCase({
  name: 'sync.pull',
  input: vine.create(position),
  find: () => null,
  policy: [SyncPolicy, 'pull'],
  entries: () => [],
  run: async ({ client }, asked) => void seqSeen(asked, await syncState(client)),
})

/**
 * Refuses a device that could not pull, before anything of what it sends is done: it sends that again without a cursor.
 * Errors: EpochChanged, CursorExpired, Invalid.
 */
export function refuseOutdated(caller: Caller, { epoch, cursor }: PullRequest): Promise<void> {
  return examine(caller, { epoch, cursor })
}

const pullChanges = readCase({
  name: 'sync.pull',
  input: vine.create(pullFields),
  find: () => null,
  policy: [SyncPolicy, 'pull'],
  entries: ({ changes }: Pulled) => entriesOf(changes),
  async run({ caller, client }, { limit = LIMITS.changes, scopes_digest, scopes, ...known }): Promise<Pulled> {
    if (known.cursor !== null) await numberChanges()
    const state = await syncState(client)
    const after = seqSeen(known, state)
    const granted = await grantedScopes(caller.user, client)
    const { add, purge, differ } = compareScopes(granted, { scopes_digest, scopes })
    const told = { epoch: state.epoch, purgeScopes: purge, scopesDiffer: differ }
    if (after === null) return { ...told, changes: [], unreadable: [], cursor: null, hasMore: false, addScopes: add }
    const since = await changesSince(caller.user, granted, { after, upTo: state.head, limit }, client)
    // What was swept while the changes were read is not among them.
    seqSeen(known, await syncState(client))
    const { changes, toLoad, unreadable, seq, hasMore } = since
    await tellUnreadable('sync.pull', caller, unreadable)
    const addScopes = [...new Set([...add, ...toLoad])]
    return { ...told, changes, unreadable, hasMore, addScopes, cursor: writeSyncCursor({ epoch: state.epoch, seq }) }
  },
})

/**
 * What changed since the cursor in the charts of the patients whom the caller treats, and which charts the device is to
 * load or to forget. Without a cursor no change is told. One entry in the audit for each patient of whom something is.
 * Errors: EpochChanged, CursorExpired, Invalid.
 */
export function pull(caller: Caller, { epoch, cursor, limit, scopes_digest, scopes }: PullRequest): Promise<Pulled> {
  return pullChanges(caller, { epoch, cursor, limit, scopes_digest, scopes })
}

function entriesOf(changes: PulledChange[]): ChartEntry[] {
  const byPatient = new Map<string, string[]>()
  for (const change of changes) {
    const uuid = change.op === 'upsert' ? change.record.row.uuid : change.uuid
    byPatient.set(change.scope, [...(byPatient.get(change.scope) ?? []), uuid])
  }
  return [...byPatient].map(([patient, uuids]) => chartEntry(patient, uuids))
}

/** That something of this patient's chart went to a device: the only right that a device has is that they treat. */
export function chartEntry(patient: string, uuids: string[]): ChartEntry {
  const identity = { entity: 'patient', entityUuid: patient, patientUuid: patient }
  return { identity, details: { access: 'treats', uuids } }
}
