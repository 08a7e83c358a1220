import type { Entity, RecordData } from '#app/sync/protocol'
import { askPage, type Page } from '#pwa/screens/patients/ask_page'
import { api, type Answer } from '#pwa/session/session'

/** A version of a record as the API tells it; the present one is replaced by nobody. */
export interface Version {
  version: number
  data: RecordData
  replaced_at: string | null
  replaced_by: string | null
  replaced_via: string | null
}

/** The kinds of record that have versions. An addendum is never changed. */
export type Versioned = Exclude<Entity, 'addendum'>
export const isVersioned = (entity: string): entity is Versioned =>
  ['patient', 'consultation', 'prescription', 'medical_record', 'lab_result'].includes(entity)

/** @param consultation the prescription's own, which stands in its address */
export function readHistory(
  entity: Versioned,
  id: string,
  consultation: string,
  cursor?: string
): Promise<Answer<Page<Version>>> {
  const query = { limit: 50, cursor }
  const of = { params: { path: { id }, query } }
  const calls = {
    patient: () => api.GET('/api/v1/patients/{id}/history', of),
    consultation: () => api.GET('/api/v1/consultations/{id}/history', of),
    prescription: () =>
      api.GET('/api/v1/consultations/{consultation}/prescriptions/{id}/history', {
        params: { path: { id, consultation }, query },
      }),
    medical_record: () => api.GET('/api/v1/medical-records/{id}/history', of),
    lab_result: () => api.GET('/api/v1/lab-results/{id}/history', of),
  }
  return askPage(calls[entity]() as Parameters<typeof askPage<Version>>[0])
}
