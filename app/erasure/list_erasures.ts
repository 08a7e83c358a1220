import { fromSqlInstant, now } from '#app/core/clock'
import { selectRows } from '#app/core/insert_rows'
import { readCase } from '#app/core/read_case'
import ErasurePolicy from '#app/erasure/erasure_policy'
import { listErasuresValidator } from '#app/erasure/erasure_validator'

export interface ListedErasure {
  uuid: string
  patientUuid: string
  mrn: string
  ground: string
  reference: string | null
  state: 'waiting' | 'expired' | 'withdrawn' | 'done'
  requestedBy: string
  approvals: number
  createdAt: Date
  expiresAt: Date
  endedAt: Date | null
}

type Row = Record<string, string | number | null>

/** Who asked for whose erasure and what became of it, the latest first. */
export const listErasures = readCase({
  name: 'patients.list_erasures',
  input: listErasuresValidator,
  find: () => null,
  policy: [ErasurePolicy, 'view'],
  details: (rows: ListedErasure[]) => ({ uuids: rows.map(({ patientUuid }) => patientUuid) }),
  async run({ client }, { open = false, limit = 100 }) {
    const rows = await selectRows<Row>(
      client,
      `select r.*, p.uuid as patient_uuid, p.mrn, u.name as requester,
         (select count(*) from shred_approvals a where a.request_id = r.id) as approvals
       from shred_requests r join patients p on p.id = r.patient_id join users u on u.id = r.requested_by
       ${open ? 'where r.is_open = 1' : ''} order by r.id desc limit ?`,
      [limit]
    )
    return rows.map(listed).filter(({ state }) => !open || state === 'waiting')
  },
})

function listed(row: Row): ListedErasure {
  const expiresAt = fromSqlInstant(String(row.expires_at))
  const isExpired = row.state === 'waiting' && expiresAt <= now()
  return {
    uuid: String(row.uuid),
    patientUuid: String(row.patient_uuid),
    mrn: String(row.mrn),
    ground: String(row.ground),
    reference: row.reference === null ? null : String(row.reference),
    state: isExpired ? 'expired' : (row.state as ListedErasure['state']),
    requestedBy: String(row.requester),
    approvals: Number(row.approvals),
    createdAt: fromSqlInstant(String(row.created_at)),
    expiresAt,
    endedAt: row.ended_at === null ? null : fromSqlInstant(String(row.ended_at)),
  }
}
