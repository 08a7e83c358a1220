import { compose } from '@adonisjs/core/helpers'
import { belongsTo, hasMany } from '@adonisjs/lucid/orm'
import type { BelongsTo, HasMany } from '@adonisjs/lucid/types/relations'
import type { ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'
import Addendum, { addendaOf } from '#app/charts/addendum'
import { uuidOf } from '#app/charts/find_in_chart'
import type { Actor } from '#app/core/actor'
import { chartRow } from '#app/core/chart_row'
import type { ClinicalRow } from '#app/core/clinical_row'
import Patient from '#app/patients/patient'
import { LabResultSchema } from '#database/schema'

export default class LabResult extends compose(LabResultSchema, chartRow('lab_result')) implements ClinicalRow {
  /** What the patient may read: a laboratory stands by it. */
  static readonly RELEASED = ['final', 'amended']

  @belongsTo(() => Patient)
  declare patient: BelongsTo<typeof Patient>

  @hasMany(() => Addendum, addendaOf('lab_result'))
  declare addenda: HasMany<typeof Addendum>

  get isReleased() {
    return LabResult.RELEASED.includes(this.status)
  }

  isEnteredBy(user: Actor) {
    return user.id !== null && this.performedBy === user.id
  }

  get performerUuid(): string | null {
    return this.$extras.performer_uuid ?? null
  }

  get validatorUuid(): string | null {
    return this.$extras.validator_uuid ?? null
  }

  get consultationUuid(): string | null {
    return this.$extras.consultation_uuid ?? null
  }

  /** Rows with the uuids of what they refer to, so that no answer needs a query for each. */
  static named(query: ModelQueryBuilderContract<typeof LabResult>) {
    return query
      .select('lab_results.*')
      .select(uuidOf('patients', 'lab_results.patient_id', 'patient_uuid'))
      .select(uuidOf('consultations', 'lab_results.consultation_id', 'consultation_uuid'))
      .select(uuidOf('users', 'lab_results.performed_by', 'performer_uuid'))
      .select(uuidOf('users', 'lab_results.validated_by', 'validator_uuid'))
  }
}
