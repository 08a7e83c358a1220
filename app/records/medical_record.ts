import { compose } from '@adonisjs/core/helpers'
import { belongsTo, hasMany } from '@adonisjs/lucid/orm'
import type { BelongsTo, HasMany } from '@adonisjs/lucid/types/relations'
import type { ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'
import Addendum, { addendaOf } from '#app/charts/addendum'
import { uuidOf } from '#app/charts/find_in_chart'
import { chartRow } from '#app/core/chart_row'
import type { ClinicalRow } from '#app/core/clinical_row'
import Patient from '#app/patients/patient'
import { MedicalRecordSchema } from '#database/schema'

export default class MedicalRecord
  extends compose(MedicalRecordSchema, chartRow('medical_record'))
  implements ClinicalRow
{
  @belongsTo(() => Patient)
  declare patient: BelongsTo<typeof Patient>

  @hasMany(() => Addendum, addendaOf('medical_record'))
  declare addenda: HasMany<typeof Addendum>

  /** Its author. */
  get doctorUuid(): string | null {
    return this.$extras.doctor_uuid ?? null
  }

  get consultationUuid(): string | null {
    return this.$extras.consultation_uuid ?? null
  }

  /** Rows with the uuids of what they refer to, so that no answer needs a query for each. */
  static named(query: ModelQueryBuilderContract<typeof MedicalRecord>) {
    return query
      .select('medical_records.*')
      .select(uuidOf('patients', 'medical_records.patient_id', 'patient_uuid'))
      .select(uuidOf('users', 'medical_records.doctor_id', 'doctor_uuid'))
      .select(uuidOf('consultations', 'medical_records.consultation_id', 'consultation_uuid'))
  }
}
