import router from '@adonisjs/core/services/router'

const OpenapiController = () => import('#app/openapi/openapi_controller')
const DocsController = () => import('#app/openapi/docs_controller')
const ProblemPagesController = () => import('#app/openapi/problem_pages_controller')

/** The document itself, which is a part of the API. */
export function documentRoutes() {
  router.get('/openapi.json', [OpenapiController, 'show']).as('openapi_document')
}

/** Its pages for people. */
export function documentPages() {
  router.get('/docs', [DocsController, 'show']).as('docs')
  router.get('/docs/:file', [DocsController, 'asset']).as('docs.asset')
  router.get('/problems', [ProblemPagesController, 'index']).as('problem_pages.index')
  router.get('/problems/:code', [ProblemPagesController, 'show']).as('problem_pages.show')
}
