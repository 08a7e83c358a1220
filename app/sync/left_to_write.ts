import type { Caller, OwnedTransaction } from '#app/core/caller'
import { addressIn, OF_THE_WHOLE } from '#app/sync/mutation_gates'
import { fieldsInConflict, sameValue } from '#app/sync/merging'
import { MUTATIONS, type Mutation, type RecordData } from '#app/sync/protocol'
import { isOnlyBy } from '#app/sync/record_authors'

type Data = Record<string, unknown>

interface Present {
  version: number
  data: RecordData
}

/**
 * What of a mutation is still to be written over the present version, where both sides left each other's fields alone;
 * null where a person has to choose.
 */
export async function leftToWrite(
  mutation: Mutation,
  present: Present,
  caller: Caller & { trx: OwnedTransaction }
): Promise<Data | null> {
  const { name, data } = mutation
  if (OF_THE_WHOLE.has(name)) return (await changedBySelf(mutation, present, caller)) ? data : null
  const { entity } = MUTATIONS[name]
  const address = addressIn(name, data)
  const base = without(mutation.base!, address)
  const mine = without(data, address)
  // What was sent along as it had been is no change of this side; what settles a conflict may put back what had been.
  const changed = mutation.lost ? mine : without(mine, unchanged(mine, base))
  const sides = [changed, ...(mutation.lost ?? []).map((each) => without(each, address))]
  const isClear = sides.every((side) => fieldsInConflict(entity, base, side, present.data).length === 0)
  return isClear ? { ...address, ...changed } : null
}

/** What somebody says of the record as a whole goes on over what they themselves have changed since, and nobody else. */
async function changedBySelf(
  { name, client_generated_uuid: uuid, base_version: since }: Mutation,
  { version }: Present,
  { user, trx }: Caller & { trx: OwnedTransaction }
): Promise<boolean> {
  if (since === null || since >= version) return false
  return isOnlyBy(user.id, { entity: MUTATIONS[name].entity, uuid, version: since }, trx.client)
}

function without(data: Data, members: Data): Data {
  return Object.fromEntries(Object.entries(data).filter(([name]) => !(name in members)))
}

function unchanged(mine: Data, base: Data): Data {
  const isSame = ([name, value]: [string, unknown]) => name in base && sameValue(value, base[name])
  return Object.fromEntries(Object.entries(mine).filter(isSame))
}
