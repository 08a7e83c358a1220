import type { ActionRequest, PageHandler } from 'adminjs'
import { NotFound } from '#app/core/problem'
import { callerIn, type BackOfficeUser } from '#admin/back_office_user'
import { noticeOf } from '#admin/notice'
import { perform } from '#admin/perform'
import type { AdminPage } from '#admin/pages'

/** GET answers what the page shows; POST does one of its actions, and answers as the form of a resource's action is. */
export function pageHandler(page: AdminPage): PageHandler {
  return async (request: ActionRequest, _response, context) => {
    const caller = callerIn(context)
    if (request.method !== 'post') return page.open(caller, page.input?.(request.query ?? {}) ?? {})
    const { action: name = '', ...typed } = (request.payload ?? {}) as Record<string, string>
    const action = Object.hasOwn(page.actions ?? {}, name) ? page.actions![name]! : null
    if (!action) throw new NotFound('not_found')
    try {
      await perform(action, caller, null, typed)
    } catch (error) {
      return noticeOf(error, (context.currentAdmin as unknown as BackOfficeUser).language)
    }
    return { notice: { message: `done.${name}`, resourceId: page.id, type: 'success' } }
  }
}
