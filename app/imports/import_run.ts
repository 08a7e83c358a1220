import type { AuditIdentity } from '#app/core/clinical_row'
import { ImportRunSchema } from '#database/schema'

export default class ImportRun extends ImportRunSchema {
  auditIdentity(): AuditIdentity {
    return { entity: 'import_run', entityUuid: this.uuid, patientUuid: null }
  }
}
