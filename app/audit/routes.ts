import router from '@adonisjs/core/services/router'

const AuditLogsController = () => import('#app/audit/audit_logs_controller')
const AccessesController = () => import('#app/audit/accesses_controller')

export function auditRoutes() {
  router.get('/audit-logs', [AuditLogsController, 'index']).as('audit_logs.index')
  router.get('/patients/:patient/accesses', [AccessesController, 'index']).as('accesses.index')
}
