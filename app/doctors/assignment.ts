import { compose } from '@adonisjs/core/helpers'
import { belongsTo } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import { chartRow } from '#app/core/chart_row'
import type { ClinicalRow } from '#app/core/clinical_row'
import User from '#app/users/user'
import { DoctorPatientSchema } from '#database/schema'

/** That a clinician treats a patient, from when until when. `doctor` is any clinician, nurses included. */
export default class Assignment extends compose(DoctorPatientSchema, chartRow('assignment')) implements ClinicalRow {
  static table = 'doctor_patient'

  @belongsTo(() => User, { foreignKey: 'doctorId' })
  declare doctor: BelongsTo<typeof User>

  get doctorUuid(): string {
    return this.$extras.doctor_uuid
  }

  /** Selected where a patient's doctors are told. */
  get doctorName(): string {
    return this.$extras.doctor_name
  }

  /** Who put the patient into this clinician's care; null for the operator and for an import. */
  get assignerUuid(): string | null {
    return this.$extras.assigner_uuid ?? null
  }

  get enderUuid(): string | null {
    return this.$extras.ender_uuid ?? null
  }
}
