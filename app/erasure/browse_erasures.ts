import vine from '@vinejs/vine'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'
import { typedMrn, whereMrn } from '#app/charts/browsed_rows'
import { browse } from '#app/core/browse'
import { now, toSqlInstant } from '#app/core/clock'
import { readCase } from '#app/core/read_case'
import { rowUuid } from '#app/core/rules'
import ErasurePolicy from '#app/erasure/erasure_policy'
import ErasureRequest from '#app/erasure/erasure_request'
import { GROUNDS } from '#app/erasure/grounds'

export const ERASURE_STATES = ['waiting', 'expired', 'withdrawn', 'done'] as const

/** Whose erasure was asked for, as the back office lists it: those that wait first, then the latest. */
export const browseErasures = browse({
  name: 'patients.browse_erasures',
  policy: [ErasurePolicy, 'view'],
  filters: {
    mrn: typedMrn().optional(),
    state: vine.enum(ERASURE_STATES).optional(),
    ground: vine.enum(GROUNDS).optional(),
  },
  sorts: { created_at: 'shred_requests.created_at' },
  direction: 'desc',
  tie: 'shred_requests.id',
  query({ client }, { mrn, state, ground }) {
    const query = named(client).orderByRaw('case when shred_requests.is_open = 1 then 0 else 1 end')
    if (mrn) whereMrn(query, 'shred_requests.patient_id', String(mrn))
    if (ground) void query.where('shred_requests.ground', String(ground))
    if (state) narrow(query, state as ErasureState)
    return query
  },
  show: rowOf,
  details: ({ rows }) => ({ uuids: rows.map(({ patient }) => patient) }),
})

export const openErasureRow = readCase({
  name: 'patients.open_erasure',
  input: vine.create({ id: rowUuid() }),
  find: ({ id }, { client }) => named(client).where('shred_requests.uuid', id).firstOrFail(),
  policy: [ErasurePolicy, 'view'],
  run: ({ subject }) => rowOf(subject),
  details: ({ id, patient }) => ({ request: id, uuids: [patient] }),
})

type ErasureState = (typeof ERASURE_STATES)[number]

const named = (client: QueryClientContract) =>
  ErasureRequest.query({ client })
    .select('shred_requests.*', 'patients.mrn as mrn', 'patients.uuid as patient', 'users.name as requester')
    .select(
      client.raw(
        '(select count(*) from shred_approvals a where a.request_id = shred_requests.id) as approvals'
      ) as never
    )
    .join('patients', 'patients.id', 'shred_requests.patient_id')
    .join('users', 'users.id', 'shred_requests.requested_by')

/** One that nobody approved in time may still be kept as waiting. */
function narrow(query: ModelQueryBuilderContract<typeof ErasureRequest>, state: ErasureState) {
  const at = toSqlInstant(now())
  if (state === 'waiting') return query.where('shred_requests.state', state).where('shred_requests.expires_at', '>', at)
  if (state !== 'expired') return query.where('shred_requests.state', state)
  return query.where((either) => {
    void either
      .where('shred_requests.state', 'expired')
      .orWhere(
        (late) => void late.where('shred_requests.state', 'waiting').where('shred_requests.expires_at', '<=', at)
      )
  })
}

function rowOf(request: ErasureRequest) {
  const { mrn, patient, requester, approvals } = request.$extras as Record<string, string>
  const isLate = request.state === 'waiting' && request.isOverAt(now())
  return {
    ...{ id: request.uuid, mrn, patient: String(patient), ground: request.ground, reference: request.reference },
    state: isLate ? 'expired' : request.state,
    requested_by: requester,
    approvals: Number(approvals),
    created_at: request.createdAt.toISOString(),
    expires_at: request.expiresAt.toISOString(),
    ended_at: request.endedAt?.toISOString() ?? null,
  }
}
