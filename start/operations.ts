import { accountOperations } from '#app/accounts/operations'
import { alertOperations } from '#app/alerts/operations'
import { auditOperations } from '#app/audit/operations'
import { chartOperations } from '#app/charts/operations'
import { consultationOperations } from '#app/consultations/operations'
import { doctorOperations } from '#app/doctors/operations'
import { factorOperations } from '#app/factors/operations'
import { publicOperations } from '#app/http/operations'
import type { Operations } from '#app/http/operation'
import { linkOperations } from '#app/links/operations'
import { labOperations } from '#app/labs/operations'
import { passkeyOperations } from '#app/passkeys/operations'
import { patientOperations } from '#app/patients/operations'
import { prescriptionOperations } from '#app/prescriptions/operations'
import { recordOperations } from '#app/records/operations'
import { sessionOperations } from '#app/sessions/operations'
import { settingsOperations } from '#app/settings/operations'
import { syncOperations } from '#app/sync/operations'
import { tokenOperations } from '#app/tokens/operations'
import { userOperations } from '#app/users/operations'

/** What every route of the API is to those who call it, by the route's name. */
export const OPERATIONS: Operations = {
  ...publicOperations,
  ...sessionOperations,
  ...factorOperations,
  ...passkeyOperations,
  ...tokenOperations,
  ...userOperations,
  ...accountOperations,
  ...patientOperations,
  ...linkOperations,
  ...doctorOperations,
  ...consultationOperations,
  ...prescriptionOperations,
  ...recordOperations,
  ...labOperations,
  ...chartOperations,
  ...alertOperations,
  ...auditOperations,
  ...settingsOperations,
  ...syncOperations,
}
