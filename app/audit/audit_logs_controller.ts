import type { HttpContext } from '@adonisjs/core/http'
import AuditLogTransformer from '#app/audit/audit_log_transformer'
import { listAuditLogs } from '#app/audit/find_audit_logs'
import { many } from '#app/http/answer'
import { callerFrom } from '#app/http/caller_from'
import { queryOf } from '#app/http/sparse'

export default class AuditLogsController {
  async index(ctx: HttpContext) {
    const page = await listAuditLogs(callerFrom(ctx), queryOf(ctx))
    return many(ctx, AuditLogTransformer.transform(page.rows), page)
  }
}
