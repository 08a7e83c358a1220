import router from '@adonisjs/core/services/router'
import server from '@adonisjs/core/services/server'

server.errorHandler(() => import('#app/http/exception_handler'))

server.use([
  () => import('#app/http/metrics_middleware'),
  // Before what may fail, so that every answer carries them.
  () => import('#app/http/security_headers_middleware'),
  () => import('#app/http/container_bindings_middleware'),
  () => import('#app/http/locale_middleware'),
  () => import('#app/http/compression_middleware'),
  () => import('#app/http/https_redirect_middleware'),
])

router.use([() => import('#app/http/json_body_middleware')])

export const middleware = router.named({
  caller: () => import('#app/http/caller_middleware'),
  files: () => import('@adonisjs/static/static_middleware'),
})
