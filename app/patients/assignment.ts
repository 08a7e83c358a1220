import { belongsTo } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import type { AuditIdentity, ClinicalRow } from '#app/core/clinical_row'
import type { DataKey } from '#app/keys/field_crypto'
import User from '#app/users/user'
import { DoctorPatientSchema } from '#database/schema'

/** That a clinician treats a patient, from when until when. `doctor` is any clinician, nurses included. */
export default class Assignment extends DoctorPatientSchema implements ClinicalRow {
  static table = 'doctor_patient'

  @belongsTo(() => User, { foreignKey: 'doctorId' })
  declare doctor: BelongsTo<typeof User>

  /** The patient's uuid, set by whoever loads or makes the row. */
  declare patientUuid: string

  declare $dataKey?: DataKey

  keySubject() {
    return this.patientUuid
  }

  auditIdentity(): AuditIdentity {
    return { entity: 'assignment', entityUuid: this.uuid, patientUuid: this.patientUuid }
  }
}
