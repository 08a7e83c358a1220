import type { HttpContext } from '@adonisjs/core/http'
import type { BackOfficeUser } from '#admin/back_office_user'

/** Answers by itself, while it is made. */
export type Stream = (ctx: HttpContext, user: BackOfficeUser) => Promise<void>
