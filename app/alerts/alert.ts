import { belongsTo } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import EmergencyAccess from '#app/alerts/emergency_access'
import type { AuditIdentity } from '#app/core/clinical_row'
import Patient from '#app/patients/patient'
import User from '#app/users/user'
import { AlertSchema } from '#database/schema'

/** Something that somebody has to look at: who caused it, in whose chart, and who has looked. */
export default class Alert extends AlertSchema {
  @belongsTo(() => User)
  declare user: BelongsTo<typeof User>

  @belongsTo(() => Patient)
  declare patient: BelongsTo<typeof Patient>

  @belongsTo(() => User, { foreignKey: 'reviewedBy' })
  declare reviewer: BelongsTo<typeof User>

  @belongsTo(() => EmergencyAccess, { localKey: 'uuid', foreignKey: 'entityUuid' })
  declare emergencyAccess: BelongsTo<typeof EmergencyAccess>

  get isReviewed() {
    return this.state === 'reviewed'
  }

  auditIdentity(): AuditIdentity {
    return { entity: 'alert', entityUuid: this.uuid, patientUuid: this.patient?.uuid ?? null }
  }
}
