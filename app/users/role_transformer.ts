import { BaseTransformer } from '@adonisjs/core/transformers'
import Type, { type Static } from 'typebox'
import { listOf, shape, text, uuid } from '#app/http/shapes'
import type { listRoles } from '#app/users/list_roles'

export const roleShape = shape('Role', {
  id: uuid(),
  name: text(),
  permissions: listOf(text()),
  /** How many people have it. */
  users: Type.Integer({ minimum: 0 }),
})

export default class RoleTransformer extends BaseTransformer<Awaited<ReturnType<typeof listRoles>>[number]> {
  toObject(): Static<typeof roleShape> {
    const { id, name, permissions, users } = this.resource
    return { id, name, permissions, users }
  }
}
