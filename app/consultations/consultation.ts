import { compose } from '@adonisjs/core/helpers'
import { belongsTo, hasMany } from '@adonisjs/lucid/orm'
import type { BelongsTo, HasMany } from '@adonisjs/lucid/types/relations'
import type { ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'
import Addendum, { addendaOf } from '#app/charts/addendum'
import { uuidOf } from '#app/charts/find_in_chart'
import { chartRow } from '#app/core/chart_row'
import type { ClinicalRow } from '#app/core/clinical_row'
import Patient from '#app/patients/patient'
import Prescription from '#app/prescriptions/prescription'
import { ConsultationSchema } from '#database/schema'

export default class Consultation extends compose(ConsultationSchema, chartRow('consultation')) implements ClinicalRow {
  @belongsTo(() => Patient)
  declare patient: BelongsTo<typeof Patient>

  @hasMany(() => Prescription)
  declare prescriptions: HasMany<typeof Prescription>

  @hasMany(() => Addendum, addendaOf('consultation'))
  declare addenda: HasMany<typeof Addendum>

  get isCancelled() {
    return this.status === 'cancelled'
  }

  /** The clinician who held it, and who is its author. */
  get doctorUuid(): string | null {
    return this.$extras.doctor_uuid ?? null
  }

  /** Rows with the uuids of what they refer to, so that no answer needs a query for each. */
  static named(query: ModelQueryBuilderContract<typeof Consultation>) {
    return query
      .select('consultations.*')
      .select(uuidOf('patients', 'consultations.patient_id', 'patient_uuid'))
      .select(uuidOf('users', 'consultations.doctor_id', 'doctor_uuid'))
  }
}
