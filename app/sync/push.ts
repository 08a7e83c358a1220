import { validated } from '#app/core/validated'
import { Invalid } from '#app/core/problem'
import { LIMITS, PROTOCOL, type SyncRequest } from '#app/sync/protocol'
import { OtherDevice, ProtocolUnknown, TooManyMutations } from '#app/sync/sync_problems'
import { envelopeValidator, syncValidator } from '#app/sync/sync_validator'
import type { DeviceUser } from '#app/sync/verify_device'

/** What the document knows of a call: its name, and what it takes. */
export const SYNC_CALL = { useCaseName: 'sync.push', input: syncValidator, status: 200 }

/** A call whose mutations nobody has looked at yet. */
export type SyncCall = Omit<SyncRequest, 'mutations'> & { mutations: unknown[] }

/**
 * The call in its validated form. Errors: Invalid, or Vine's own, for what is around the mutations; ProtocolUnknown,
 * OtherDevice, TooManyMutations.
 */
export async function readCall(raw: unknown, { device }: DeviceUser): Promise<SyncCall> {
  const { mutations, ...rest } = (raw ?? {}) as Record<string, unknown>
  // A later protocol may have other members: what it is comes before whether it is whole.
  if (typeof rest.protocol === 'number' && rest.protocol !== PROTOCOL) throw new ProtocolUnknown()
  const envelope = await validated(envelopeValidator, rest)
  if (!Array.isArray(mutations)) throw new Invalid([{ pointer: '/mutations', code: 'array' }])
  if (mutations.length > LIMITS.mutations) throw new TooManyMutations()
  if (envelope.device_id !== device.uuid) throw new OtherDevice()
  return { ...envelope, protocol: PROTOCOL, mutations }
}
