import { MUTATIONS, type RecordData } from '#app/sync/protocol'
import type { OutboxItem, Standing } from '#pwa/device/types'

/** A write as it shows in a record. */
export type Overlay = Pick<OutboxItem, 'name' | 'recordId' | 'scope' | 'data' | 'writtenAt'>

/** What the server adds to a new record by itself; what it alone knows is empty until it says it. */
const ADDED: Partial<Record<OutboxItem['name'], (write: Overlay, author: string | null) => Record<string, unknown>>> = {
  'patients.register': () => ({ mrn: '' }),
  'consultations.record': (_, author) => ({ doctor_id: author, status: 'finished' }),
  'prescriptions.prescribe': ({ writtenAt, data }, author) => ({
    prescribed_by: author,
    consultation_id: data.consultation,
    status: 'active',
    prescribed_at: writtenAt,
  }),
  'records.add': ({ writtenAt, data }, author) => ({
    doctor_id: author,
    status: 'active',
    timeline_at: data.occurred_at ?? writtenAt,
  }),
  'labs.enter': (_, author) => ({ performed_by: author, status: 'preliminary' }),
  'consultations.add_addendum': (_, author) => ({ author_id: author }),
  'prescriptions.add_addendum': (_, author) => ({ author_id: author }),
  'records.add_addendum': (_, author) => ({ author_id: author }),
  'labs.add_addendum': (_, author) => ({ author_id: author }),
}

/** The record with this write done; as the server will show it, as far as the device can know. */
export function withWrite(former: RecordData | null, write: Overlay, author: string | null): RecordData {
  const { name, recordId, scope, data, writtenAt } = write
  if (!MUTATIONS[name].creates) return { ...former, id: recordId, ...changesBy(write, author) }
  const owned = name === 'patients.register' ? {} : { patient_id: scope }
  const added = ADDED[name]?.(write, author)
  return { created_at: writtenAt, updated_at: writtenAt, ...owned, ...added, ...spoken(data), id: recordId }
}

function changesBy({ name, data, writtenAt }: Overlay, author: string | null): Record<string, unknown> {
  switch (name) {
    case 'consultations.cancel':
      return { status: 'cancelled', cancel_reason: data.reason, cancelled_at: writtenAt }
    case 'prescriptions.stop':
      return { status: 'stopped', stopped_at: writtenAt }
    case 'labs.validate':
      return { status: 'final', validated_at: writtenAt, validated_by: author }
    default:
      return spoken(data)
  }
}

/** Where a write says where the record is, no field of the record is meant. */
function spoken(data: Record<string, unknown>): Record<string, unknown> {
  const { consultation, ...fields } = data
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}

/** Of several writes to one record, the worst. */
export function standingOf(writes: Pick<OutboxItem, 'state'>[]): Standing {
  const has = (...states: OutboxItem['state'][]) => writes.some(({ state }) => states.includes(state))
  if (has('conflict')) return 'conflict'
  if (has('refused')) return 'refused'
  return has('waiting', 'sending', 'deferred') ? 'waiting' : 'sent'
}
