import router from '@adonisjs/core/services/router'
import { apiThrottle } from '#start/limiter'
import { middleware } from '#start/kernel'
import { documentPages, documentRoutes } from '#app/openapi/routes'
import { openAccountRoutes, ownAccountRoutes } from '#app/accounts/routes'
import { alertRoutes } from '#app/alerts/routes'
import { auditRoutes } from '#app/audit/routes'
import { chartRoutes } from '#app/charts/routes'
import { consultationRoutes } from '#app/consultations/routes'
import { doctorRoutes } from '#app/doctors/routes'
import { factorRoutes, pendingFactorRoutes } from '#app/factors/routes'
import { labRoutes } from '#app/labs/routes'
import { chartCodeRoutes, chartLinkRoutes } from '#app/links/routes'
import { passkeyRoutes, passkeySignInRoutes, pendingPasskeyRoutes } from '#app/passkeys/routes'
import { patientRoutes } from '#app/patients/routes'
import { prescriptionRoutes } from '#app/prescriptions/routes'
import { recordRoutes } from '#app/records/routes'
import { pendingSessionRoutes, sessionRoutes, signInRoutes } from '#app/sessions/routes'
import { changedSettingsRoutes, settingsRoutes } from '#app/settings/routes'
import { deviceRoutes, syncRoutes } from '#app/sync/routes'
import { tokenRoutes } from '#app/tokens/routes'
import { accessRoutes, profileRoutes, userRoutes } from '#app/users/routes'

const StartPageController = () => import('#app/http/start_page_controller')
const AppShellController = () => import('#app/http/app_shell_controller')
const Entrance = () => import('#admin/entrance')
const HealthController = () => import('#app/http/health_controller')
const MetricsController = () => import('#app/http/metrics_controller')
const PublicInfoController = () => import('#app/http/public_info_controller')

router.get('/', [StartPageController, 'show']).as('start_page')
router.get('/start.css', [StartPageController, 'style']).as('start_page.style')
documentPages()
router.get('/app', [AppShellController, 'enter']).as('app')
router.get('/app/*', [AppShellController, 'show']).as('app.screens').use(middleware.files())
router.any('/admin', [Entrance, 'handle']).as('back_office')
router.any('/admin/*', [Entrance, 'handle']).as('back_office.pages')
router.get('/health', [HealthController, 'show']).as('health')
router.get('/health/live', [HealthController, 'live']).as('health.live')
router.get('/health/ready', [HealthController, 'ready']).as('health.ready')
router.get('/metrics', [MetricsController, 'show']).as('metrics')

router
  .group(() => {
    router.get('/public/info', [PublicInfoController, 'show']).as('public_info').use(apiThrottle)
    documentRoutes()
    router
      .group(() => {
        signInRoutes()
        passkeySignInRoutes()
        openAccountRoutes()
      })
      .use([middleware.caller({ admits: 'anybody' }), apiThrottle])
    router
      .group(() => {
        pendingSessionRoutes()
        pendingFactorRoutes()
        pendingPasskeyRoutes()
      })
      .use([middleware.caller({ admits: 'pending' }), apiThrottle])
    router
      .group(() => {
        sessionRoutes()
        profileRoutes()
        accessRoutes()
        tokenRoutes()
        chartLinkRoutes()
        ownAccountRoutes()
        factorRoutes()
        passkeyRoutes()
        deviceRoutes()
        changedSettingsRoutes()
      })
      .use([middleware.caller({ admits: 'session' }), apiThrottle])
    router
      .group(() => {
        syncRoutes()
      })
      .use([middleware.caller({ admits: 'device' }), apiThrottle])
    router
      .group(() => {
        userRoutes()
        patientRoutes()
        chartCodeRoutes()
        doctorRoutes()
        consultationRoutes()
        prescriptionRoutes()
        recordRoutes()
        labRoutes()
        chartRoutes()
        alertRoutes()
        auditRoutes()
        settingsRoutes()
      })
      .use([middleware.caller({ admits: 'caller' }), apiThrottle])
  })
  .prefix('/api/v1')
