import type { components } from '#pwa/api/schema'
import type { Chart, Held } from '#pwa/device/types'

type Schemas = components['schemas']

/** Records as the API shows them; what was not sent yet has only what its writer gave. */
export type ConsultationData = Partial<Schemas['Consultation']> & { id: string }
export type PrescriptionData = Partial<Schemas['Prescription']> & { id: string; consultation?: string }
export type MedicalRecordData = Partial<Schemas['MedicalRecord']> & { id: string }
export type LabResultData = Partial<Schemas['LabResult']> & { id: string }
export type AddendumData = Partial<Schemas['Addendum']> & { id: string }

export const consultationOf = ({ data }: Held) => data as ConsultationData
export const prescriptionOf = ({ data }: Pick<Held, 'data'>) => data as PrescriptionData
export const medicalRecordOf = ({ data }: Held) => data as MedicalRecordData
export const labResultOf = ({ data }: Held) => data as LabResultData
export const addendumOf = ({ data }: Held) => data as AddendumData

/** A prescription that was not sent yet names its consultation as the use-case does. */
export const consultationIdOf = (held: Pick<Held, 'data'>) => {
  const { consultation_id, consultation } = prescriptionOf(held)
  return consultation_id ?? consultation
}

/** Unsent ones have no state yet: they are what a new record is. */
export const isActive = ({ data }: Held) => (data.status ?? 'active') === 'active'

export function activeAllergies(chart: Chart | null): MedicalRecordData[] {
  const held = chart?.records.filter((each) => medicalRecordOf(each).type === 'allergy' && isActive(each)) ?? []
  return held.map(medicalRecordOf)
}

export function addendaOf(chart: Chart | null, recordId: string): Held[] {
  return chart?.addenda.filter((each) => addendumOf(each).record_id === recordId) ?? []
}
