import { belongsTo } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import type { AuditIdentity, ClinicalRow } from '#app/core/clinical_row'
import type { DataKey } from '#app/keys/field_crypto'
import Patient from '#app/patients/patient'
import { LabResultSchema } from '#database/schema'

export default class LabResult extends LabResultSchema implements ClinicalRow {
  @belongsTo(() => Patient)
  declare patient: BelongsTo<typeof Patient>

  declare $dataKey?: DataKey
  /** Set by whoever loads or makes the row. */
  declare patientUuid: string

  keySubject() {
    return this.patientUuid
  }

  auditIdentity(): AuditIdentity {
    return { entity: 'lab_result', entityUuid: this.uuid, patientUuid: this.patientUuid }
  }
}
