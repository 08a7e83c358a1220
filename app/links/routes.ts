import router from '@adonisjs/core/services/router'

const ChartCodesController = () => import('#app/links/chart_codes_controller')
const ChartLinksController = () => import('#app/links/chart_links_controller')

/** At the desk. */
export function chartCodeRoutes() {
  router.post('/patients/:patient/chart-code', [ChartCodesController, 'store']).as('chart_codes.store')
}

/** For a complete session. */
export function chartLinkRoutes() {
  router.post('/me/chart', [ChartLinksController, 'store']).as('chart_links.store')
  router.delete('/patients/:patient/account', [ChartLinksController, 'destroy']).as('chart_links.destroy')
}
