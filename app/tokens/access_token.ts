import { belongsTo } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import { AccessTokenSchema } from '#database/schema'
import type { AuditIdentity } from '#app/core/clinical_row'
import { PERMISSIONS } from '#app/users/default_roles'
import User from '#app/users/user'

/** Opaque, shown once, kept as a SHA-256 hash; its form is that of @adonisjs/auth, so that secret scanners know it. */
export const TOKEN_PREFIX = 'oat_'

/** `*` for all that the user may, else names of permissions. */
export function isAbility(value: unknown): boolean {
  return value === '*' || (PERMISSIONS as readonly unknown[]).includes(value)
}

export default class AccessToken extends AccessTokenSchema {
  @belongsTo(() => User, { foreignKey: 'tokenableId' })
  declare user: BelongsTo<typeof User>

  auditIdentity(): AuditIdentity {
    return { entity: 'access_token', entityUuid: this.uuid, patientUuid: null }
  }
}
