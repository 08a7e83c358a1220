import vine from '@vinejs/vine'
import { deviceUuid, moment, rowUuid } from '#app/core/rules'
import { LIMITS, MUTATIONS, type MutationName } from '#app/sync/protocol'

const NAMES = Object.keys(MUTATIONS) as [MutationName, ...MutationName[]]

/** How often a choice may have met another change before it arrived. */
const MOST_LOST = 50

const anything = () => vine.object({}).allowUnknownProperties()

const mutation = {
  mutation_id: deviceUuid(),
  client_seq: vine.number().withoutDecimals().min(0),
  name: vine.enum(NAMES),
  client_generated_uuid: rowUuid(),
  base_version: vine.number().withoutDecimals().min(1).nullable(),
  base: anything().nullable(),
  data: anything(),
  depends_on: vine.array(rowUuid()).maxLength(LIMITS.mutations),
  client_updated_at: moment(),
  lost: vine.array(anything()).maxLength(MOST_LOST).optional(),
}

const envelope = {
  protocol: vine.number(),
  device_id: rowUuid(),
  epoch: rowUuid().nullable(),
  cursor: vine.string().maxLength(2_000).nullable(),
  limit: vine.number().withoutDecimals().range([1, LIMITS.changes]).optional(),
  scopes_digest: vine
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  scopes: vine.array(rowUuid()).maxLength(LIMITS.scopes).optional(),
}

/** One write of a device. What stands in `data` is the use-case's to look at. */
export const mutationValidator = vine.create(mutation)

/** A call without its mutations, of which each is looked at by itself: a malformed one refuses no other. */
export const envelopeValidator = vine.create(envelope)

/** A call as the document shows it. */
export const syncValidator = vine.create({
  ...envelope,
  mutations: vine.array(vine.object(mutation)).maxLength(LIMITS.mutations),
})
