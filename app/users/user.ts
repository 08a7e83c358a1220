import { manyToMany } from '@adonisjs/lucid/orm'
import type { ManyToMany } from '@adonisjs/lucid/types/relations'
import type { Actor } from '#app/core/actor'
import type { AuditIdentity } from '#app/core/clinical_row'
import { UserSchema } from '#database/schema'
import Permission from '#app/users/permission'
import Role from '#app/users/role'

/** Someone who signs in, or a clinician of a legacy system who never does: then without e-mail and password. */
export default class User extends UserSchema implements Actor {
  @manyToMany(() => Role, { pivotTable: 'user_roles' })
  declare roles: ManyToMany<typeof Role>

  /** Those given in person, beside what the roles allow. */
  @manyToMany(() => Permission, { pivotTable: 'user_permissions' })
  declare permissions: ManyToMany<typeof Permission>

  /** What the roles and the direct grants allow; filled by `withGrants`. */
  permissionNames: ReadonlySet<string> = new Set()
  roleNames: readonly string[] = []

  get isDisabled() {
    return this.disabledAt !== null && this.disabledAt !== undefined
  }

  can(permission: string) {
    return !this.isDisabled && this.permissionNames.has(permission)
  }

  auditIdentity(): AuditIdentity {
    return { entity: 'user', entityUuid: this.uuid, patientUuid: null }
  }
}
