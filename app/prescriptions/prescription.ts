import { compose } from '@adonisjs/core/helpers'
import { belongsTo, hasMany } from '@adonisjs/lucid/orm'
import type { BelongsTo, HasMany } from '@adonisjs/lucid/types/relations'
import type { ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'
import Addendum, { addendaOf } from '#app/charts/addendum'
import { uuidOf } from '#app/charts/find_in_chart'
import { chartRow } from '#app/core/chart_row'
import type { ClinicalRow } from '#app/core/clinical_row'
import Patient from '#app/patients/patient'
import { PrescriptionSchema } from '#database/schema'

export default class Prescription extends compose(PrescriptionSchema, chartRow('prescription')) implements ClinicalRow {
  @belongsTo(() => Patient)
  declare patient: BelongsTo<typeof Patient>

  @hasMany(() => Addendum, addendaOf('prescription'))
  declare addenda: HasMany<typeof Addendum>

  get isStopped() {
    return this.status === 'stopped'
  }

  /** Stopped, or taken to its end. */
  get isOver() {
    return this.status !== 'active'
  }

  get consultationUuid(): string {
    return this.$extras.consultation_uuid
  }

  get prescriberUuid(): string | null {
    return this.$extras.prescriber_uuid ?? null
  }

  /** Rows with the uuids of what they refer to, so that no answer needs a query for each. */
  static named(query: ModelQueryBuilderContract<typeof Prescription>) {
    return query
      .select('prescriptions.*')
      .select(uuidOf('patients', 'prescriptions.patient_id', 'patient_uuid'))
      .select(uuidOf('consultations', 'prescriptions.consultation_id', 'consultation_uuid'))
      .select(uuidOf('users', 'prescriptions.prescribed_by', 'prescriber_uuid'))
  }
}
