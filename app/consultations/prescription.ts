import { belongsTo } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import Consultation from '#app/consultations/consultation'
import type { AuditIdentity, ClinicalRow } from '#app/core/clinical_row'
import type { DataKey } from '#app/keys/field_crypto'
import { PrescriptionSchema } from '#database/schema'

export default class Prescription extends PrescriptionSchema implements ClinicalRow {
  @belongsTo(() => Consultation)
  declare consultation: BelongsTo<typeof Consultation>

  declare $dataKey?: DataKey
  /** Set by whoever loads or makes the row. */
  declare patientUuid: string

  keySubject() {
    return this.patientUuid
  }

  auditIdentity(): AuditIdentity {
    return { entity: 'prescription', entityUuid: this.uuid, patientUuid: this.patientUuid }
  }
}
