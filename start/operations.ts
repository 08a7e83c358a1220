import { consultationOperations } from '#app/consultations/operations'
import { doctorOperations } from '#app/doctors/operations'
import { publicOperations } from '#app/http/operations'
import type { Operations } from '#app/http/operation'
import { patientOperations } from '#app/patients/operations'

/** What every route of the API is to those who call it, by the route's name. */
export const OPERATIONS: Operations = {
  ...publicOperations,
  ...patientOperations,
  ...doctorOperations,
  ...consultationOperations,
}
