import { BackOfficeUser } from '#admin/back_office_user'

/** Whether something is offered to whoever looks. What it does is decided by its gate all the same. */
export function isAllowed(user: unknown, permission: string): boolean {
  return user instanceof BackOfficeUser && user.actor.can(permission)
}
