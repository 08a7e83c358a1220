import { formerValues } from '#app/sync/merging'
import { LIMITS, MUTATIONS, type Mutation, type MutationName } from '#app/sync/protocol'
import type { OutboxItem } from '#pwa/device/types'

/** A write that changes what the record is rather than what stands in it: nothing in it merges. */
const ACTIONS: MutationName[] = ['consultations.cancel', 'prescriptions.stop', 'labs.validate']
export const isAction = (name: MutationName) => ACTIONS.includes(name)

/** An envelope takes some room too. */
const MOST_BYTES = LIMITS.bytes - 64 * 1024

const isOpen = ({ state }: OutboxItem) => state !== 'acknowledged'
const isSendable = ({ state }: OutboxItem) => state === 'waiting'

/** The unsent writes without which this one makes no sense. */
export function dependenciesOf(
  { name, recordId, scope, data }: Pick<OutboxItem, 'name' | 'recordId' | 'scope' | 'data'>,
  queue: OutboxItem[]
): string[] {
  const { entity, creates } = MUTATIONS[name]
  const about = [recordId, scope, data.consultation, data.consultation_id, data.record_id]
  const made = queue.filter((other) => MUTATIONS[other.name].creates && about.includes(other.recordId))
  if (creates) return made.filter(isOpen).map(({ mutationId }) => mutationId)
  const fields = Object.keys(formerValues(entity, data, {}))
  const overlaps = (other: OutboxItem) =>
    isAction(name) || isAction(other.name) || fields.some((field) => field in (other.base ?? {}))
  const former = queue.filter((other) => other.recordId === recordId && !MUTATIONS[other.name].creates)
  return [...made, ...former.filter(overlaps)].filter(isOpen).map(({ mutationId }) => mutationId)
}

/**
 * What the next call sends, in the order of writing: whatever depends on nothing that is neither acknowledged nor made
 * in the same call. What follows a correction of the same fields waits for its answer, with which it knows the version
 * that it is about.
 */
export function nextToSend(queue: OutboxItem[], limits: { mutations: number } = LIMITS): OutboxItem[] {
  const open = new Set(queue.filter(isOpen).map(({ mutationId }) => mutationId))
  const chosen: OutboxItem[] = []
  const made = new Set<string>()
  let bytes = 0
  for (const item of queue.filter(isSendable)) {
    if (item.dependsOn.some((id) => open.has(id) && !made.has(id))) continue
    bytes += new TextEncoder().encode(JSON.stringify(mutationOf(item, queue))).length + 1
    if (chosen.length > 0 && (chosen.length >= limits.mutations || bytes > MOST_BYTES)) break
    chosen.push(item)
    if (MUTATIONS[item.name].creates) made.add(item.mutationId)
  }
  return chosen
}

/** Whether it waits for something that somebody has to look at first. */
export function isDeferred(item: OutboxItem, queue: OutboxItem[]): boolean {
  if (item.state !== 'waiting') return false
  const byId = new Map(queue.map((each) => [each.mutationId, each]))
  const seen = new Set<string>()
  const isStuck = (id: string): boolean => {
    const dependency = byId.get(id)
    if (!dependency || seen.has(id)) return false
    seen.add(id)
    if (['refused', 'conflict', 'set_aside'].includes(dependency.state)) return true
    return dependency.state === 'waiting' && dependency.dependsOn.some(isStuck)
  }
  return item.dependsOn.some(isStuck)
}

/** What it depends on is told as far as the server has not said that it is done, which it forgets some day. */
export function mutationOf(item: OutboxItem, queue: OutboxItem[]): Mutation {
  const unsent = new Set(queue.map(({ mutationId }) => mutationId))
  return {
    mutation_id: item.mutationId,
    client_seq: item.clientSeq,
    name: item.name,
    client_generated_uuid: item.recordId,
    base_version: item.baseVersion,
    base: item.base,
    data: item.data,
    depends_on: item.dependsOn.filter((id) => unsent.has(id)),
    client_updated_at: item.writtenAt,
    ...(item.lost && { lost: item.lost }),
  }
}
