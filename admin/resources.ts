import type { AdminResource } from '#admin/resource'
import { users } from '#admin/resources/users'

export const RESOURCES: AdminResource[] = [users]
