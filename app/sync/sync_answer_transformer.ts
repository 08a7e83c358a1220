import Type from 'typebox'
import { choice, instant, listOf, nullable, shape, text, uuid, version, whole } from '#app/http/shapes'
import type { MutationResult, SyncAnswer } from '#app/sync/protocol'
import type { Pulled } from '#app/sync/pull'
import { pulledData, pulledMembers, recordDataShape } from '#app/sync/sync_transformer'

const STATES = ['applied', 'duplicate', 'conflict', 'rejected', 'deferred', 'retry'] as const

const serverVersionShape = shape('SyncServerVersion', {
  version: version(),
  updated_at: instant(),
  updated_by: nullable(uuid()),
  data: recordDataShape,
})

const anything = Type.Unsafe<Record<string, unknown>>({ type: 'object', additionalProperties: true })

/** What became of one mutation; its status says which of the other members are there. */
const mutationResultShape = shape('SyncResult', {
  mutation_id: text(),
  status: choice(STATES),
  /** Applied, now or before. */
  version: Type.Optional(version()),
  late: Type.Optional(Type.Literal(true)),
  data: Type.Optional(recordDataShape),
  /** In conflict, rejected, or to be sent again. */
  http_status: Type.Optional(whole()),
  server_version: Type.Optional(serverVersionShape),
  client_version: Type.Optional(
    Type.Object({ base_version: nullable(version()), data: anything }, { additionalProperties: false })
  ),
  problem: Type.Optional(Type.Unsafe<Record<string, unknown>>({ $ref: '#/components/schemas/Problem' })),
})

export const syncAnswerShape = shape('SyncAnswer', { ...pulledMembers, results: listOf(mutationResultShape) })

export function answerData(results: MutationResult[], pulled: Pulled): SyncAnswer {
  return { ...pulledData(pulled), results }
}
