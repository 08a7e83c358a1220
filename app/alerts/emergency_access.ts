import { compose } from '@adonisjs/core/helpers'
import { chartRow } from '#app/core/chart_row'
import type { ClinicalRow } from '#app/core/clinical_row'
import { EmergencyAccessSchema } from '#database/schema'

/** That a clinician opened a chart without treating the patient, why, and until when it stays open. */
export default class EmergencyAccess
  extends compose(EmergencyAccessSchema, chartRow('emergency_access'))
  implements ClinicalRow {}
