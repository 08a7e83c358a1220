import type { NormalizeConstructor } from '@adonisjs/core/types/helpers'
import type { BaseModel } from '@adonisjs/lucid/orm'
import type { AuditIdentity, SealedRow } from '#app/core/clinical_row'

/** What every row of a chart is besides its columns: sealed by its patient's key, and told to the audit under this name. */
export function chartRow(entity: string) {
  return <Model extends NormalizeConstructor<typeof BaseModel>>(superclass: Model) =>
    class extends superclass {
      declare uuid: string
      declare $dataKey?: SealedRow['$dataKey']

      /** Selected beside the columns, or set by whoever loads or makes the row. */
      get patientUuid(): string {
        return this.$extras.patient_uuid
      }

      set patientUuid(uuid: string) {
        this.$extras.patient_uuid = uuid
      }

      keySubject() {
        return this.patientUuid
      }

      auditIdentity(): AuditIdentity {
        return { entity, entityUuid: this.uuid, patientUuid: this.patientUuid }
      }
    }
}
