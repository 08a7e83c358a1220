import { hasMany } from '@adonisjs/lucid/orm'
import type { HasMany } from '@adonisjs/lucid/types/relations'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'
import type { Actor } from '#app/core/actor'
import type { AuditIdentity, ClinicalRow } from '#app/core/clinical_row'
import type { DataKey } from '#app/keys/field_crypto'
import Assignment from '#app/patients/assignment'
import { PatientSchema } from '#database/schema'

type PatientQuery = ModelQueryBuilderContract<typeof Patient>

export default class Patient extends PatientSchema implements ClinicalRow {
  @hasMany(() => Assignment)
  declare assignments: HasMany<typeof Assignment>

  declare $dataKey?: DataKey

  keySubject() {
    return this.uuid
  }

  auditIdentity(): AuditIdentity {
    return { entity: 'patient', entityUuid: this.uuid, patientUuid: this.uuid }
  }

  get isRetired() {
    return this.retiredAt !== null && this.retiredAt !== undefined
  }

  /** Whether the caller has an open assignment; loaded by `seenBy`, so that policies ask no database. */
  get isTreatedByCaller() {
    return Boolean(this.$extras.is_treated_by_caller)
  }

  belongsTo(user: Actor) {
    return user.id !== null && this.userId === user.id
  }

  /** Rows with what the policy reads of this caller. */
  static seenBy(user: Actor, client: QueryClientContract): PatientQuery {
    return this.query({ client })
      .select('patients.*')
      .select(
        client.raw(
          'exists (select 1 from doctor_patient dp where dp.patient_id = patients.id and dp.doctor_id = ? and dp.is_open = 1) as is_treated_by_caller',
          [user.id ?? 0]
        ) as never
      )
  }

  /** Only what this caller may open: checked by the query, never by filtering afterwards. */
  static visibleTo(user: Actor, client: QueryClientContract): PatientQuery {
    const query = this.query({ client }).select('patients.*')
    if (user.can('patients.view_any')) return query
    return query.where((either) => {
      void either.where('patients.user_id', user.id ?? 0)
      if (!user.can('patients.view')) return
      void either.orWhereRaw(
        'exists (select 1 from doctor_patient dp where dp.patient_id = patients.id and dp.doctor_id = ? and dp.is_open = 1)',
        [user.id ?? 0]
      )
    })
  }
}
