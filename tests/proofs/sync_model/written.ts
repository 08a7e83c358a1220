import { MUTATIONS, type MutationName, type RecordData } from '#app/sync/protocol'
import type { WriteOrder } from '#pwa/device/types'
import type { WriteKind } from '#tests/proofs/sync_model/actions'
import type { ModelDevice } from '#tests/proofs/sync_model/model_device'

/** A write that the device said was kept. Its token stands nowhere else. */
export interface Written {
  name: MutationName
  recordId: string
  scope: string
  token: string
  device: number
}

const pick = <T>(all: T[], which: number): T | undefined => all[which % Math.max(1, all.length)]

/** What somebody could write on this device now; null where there is nothing to write about. */
export async function orderFor(
  { store }: ModelDevice,
  { what, which }: { what: WriteKind; which: number },
  token: string
): Promise<WriteOrder | null> {
  if (what === 'patient')
    return {
      name: 'patients.register',
      scope: '',
      data: { family_name: token, given_name: 'Né', sex: 'male', dob: '1990-05-04' },
    }
  const patient = pick(store.charts.patients.peek(), which >> 1)
  if (!patient) return null
  const scope = patient.id
  if (what === 'address') return { name: 'patients.correct', id: scope, scope, data: { address: token } }
  if (what === 'record') return { name: 'records.add', scope, data: { type: 'note', description: token } }
  if (what === 'consultation')
    return { name: 'consultations.record', scope, data: { date: '2026-03-03T10:00:00.000Z', reason: token } }
  store.charts.chart(scope)
  await store.settled()
  const chart = store.charts.chart(scope).peek()
  // The oldest of each is the one that every device has.
  const oldest = (of: { data: RecordData; id: string }[] = []) =>
    pick([...of].reverse().slice(0, 1 + (which & 1)), which)
  const visit = oldest(chart?.consultations.filter(({ data }) => data.status !== 'cancelled'))
  const medicine = oldest(chart?.prescriptions.filter(({ data }) => data.status === 'active'))
  const note = oldest(chart?.records)
  const about = (record: { id: string } | undefined, name: MutationName, data: object): WriteOrder | null =>
    record ? { name, scope, data: { ...data }, ...(!MUTATIONS[name].creates && { id: record.id }) } : null
  switch (what) {
    case 'prescription':
      return about(visit, 'prescriptions.prescribe', { consultation: visit?.id, medicine: token })
    case 'addendum':
      return about(visit, 'consultations.add_addendum', { record_id: visit?.id, text: token })
    case 'diagnosis':
      return about(visit, 'consultations.correct', { diagnosis: token })
    case 'notes':
      return about(visit, 'consultations.correct', { notes: token })
    case 'cancel':
      return about(visit, 'consultations.cancel', { reason: token })
    case 'description':
      return about(note, 'records.amend', { description: token })
    case 'dosage':
      return about(medicine, 'prescriptions.amend', { dosage: token })
    case 'stop':
      return about(medicine, 'prescriptions.stop', {})
  }
}
