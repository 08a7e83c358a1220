import type { components } from '#pwa/api/schema'
import type { Answer } from '#pwa/session/ask'
import { api, ask } from '#pwa/session/session'
import { askAll, askPage, type Page } from '#pwa/screens/patients/ask_page'

type Schemas = components['schemas']
export type OwnPatient = Schemas['Patient']
export type Allergy = Schemas['MedicalRecord']
interface Records {
  consultation: Schemas['Consultation']
  prescription: Schemas['Prescription']
  medical_record: Schemas['MedicalRecord']
  lab_result: Schemas['LabResult']
}
/** The generated types take the name of a shape for the value of its discriminator. */
export type Entry = { [Kind in keyof Records]: { kind: Kind; date: string; record: Records[Kind] } }[keyof Records]
export type Access = Schemas['Access']
export type OwnPrescription = Schemas['Prescription']
export type OwnResult = Schemas['LabResult']

const LIMIT = 25

/** Identity and allergies: what stands above every tab. */
export async function openOwnChart(id: string): Promise<Answer<{ patient: OwnPatient; allergies: Allergy[] }>> {
  const records = (cursor?: string) =>
    api.GET('/api/v1/patients/{patient}/medical-records', {
      params: { path: { patient: id }, query: { type: 'allergy', status: 'active', limit: 100, cursor } },
    })
  const [patient, allergies] = await Promise.all([
    ask(api.GET('/api/v1/patients/{id}', { params: { path: { id } } })),
    askAll(records),
  ])
  if (patient.problem) return patient
  if (allergies.problem) return allergies
  return { data: { patient: patient.data, allergies: allergies.data } }
}

export type PageOf<Row> = (cursor?: string) => Promise<Answer<Page<Row>>>

const asked = (patient: string, cursor?: string) => ({
  params: { path: { patient }, query: { limit: LIMIT, cursor } },
})

export const timelineOf =
  (patient: string): PageOf<Entry> =>
  (cursor) =>
    askPage<Entry>(api.GET('/api/v1/patients/{patient}/timeline', asked(patient, cursor)) as never)

export const prescriptionsOf =
  (patient: string): PageOf<OwnPrescription> =>
  (cursor) =>
    askPage<OwnPrescription>(api.GET('/api/v1/patients/{patient}/prescriptions', asked(patient, cursor)))

export const resultsOf =
  (patient: string): PageOf<OwnResult> =>
  (cursor) =>
    askPage<OwnResult>(api.GET('/api/v1/patients/{patient}/lab-results', asked(patient, cursor)))

export const accessesOf =
  (patient: string): PageOf<Access> =>
  (cursor) =>
    askPage<Access>(api.GET('/api/v1/patients/{patient}/accesses', asked(patient, cursor)))
