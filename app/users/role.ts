import { manyToMany } from '@adonisjs/lucid/orm'
import type { ManyToMany } from '@adonisjs/lucid/types/relations'
import type { AuditIdentity } from '#app/core/clinical_row'
import { RoleSchema } from '#database/schema'
import Permission from '#app/users/permission'

export default class Role extends RoleSchema {
  @manyToMany(() => Permission, { pivotTable: 'role_permissions' })
  declare permissions: ManyToMany<typeof Permission>

  auditIdentity(): AuditIdentity {
    return { entity: 'role', entityUuid: this.uuid, patientUuid: null }
  }
}
