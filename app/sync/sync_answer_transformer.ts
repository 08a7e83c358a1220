import Type from 'typebox'
import { choice, instant, listOf, nullable, shape, text, uuid, version } from '#app/http/shapes'
import type { MutationResult, ProblemBody, SyncAnswer } from '#app/sync/protocol'
import type { Pulled } from '#app/sync/pull'
import { pulledData, pulledMembers, recordDataShape } from '#app/sync/sync_transformer'

const serverVersionShape = shape('SyncServerVersion', {
  version: version(),
  updated_at: instant(),
  updated_by: nullable(uuid()),
  data: recordDataShape,
})

const anything = Type.Unsafe<Record<string, unknown>>({ type: 'object', additionalProperties: true })

const told = { mutation_id: text() }
const done = { ...told, version: version(), late: Type.Optional(Type.Literal(true)) }

/** What became of one mutation; its status says which. */
const mutationResultShape = Type.Unsafe<MutationResult>({
  oneOf: [
    shape('SyncApplied', { ...done, status: choice(['applied']), data: recordDataShape }),
    shape('SyncDuplicate', { ...done, status: choice(['duplicate']), data: Type.Optional(recordDataShape) }),
    shape('SyncConflict', {
      ...told,
      status: choice(['conflict']),
      http_status: Type.Literal(409),
      server_version: serverVersionShape,
      client_version: Type.Object(
        { base_version: nullable(version()), data: anything },
        { additionalProperties: false }
      ),
    }),
    shape('SyncRejected', {
      ...told,
      status: choice(['rejected']),
      http_status: Type.Integer({ minimum: 400, maximum: 599 }),
      problem: Type.Unsafe<ProblemBody>({ $ref: '#/components/schemas/Problem' }),
    }),
    shape('SyncDeferred', { ...told, status: choice(['deferred']) }),
    shape('SyncRetry', { ...told, status: choice(['retry']), http_status: Type.Integer({ enum: [429, 503] }) }),
  ],
})

export const syncAnswerShape = shape('SyncAnswer', { ...pulledMembers, results: listOf(mutationResultShape) })

export function answerData(results: MutationResult[], pulled: Pulled): SyncAnswer {
  return { ...pulledData(pulled), results }
}
