import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { ErrorBoundary, LocationProvider, Router, useLocation } from 'preact-iso'
import { Entrance } from '#pwa/design/entrance'
import { Shell } from '#pwa/design/shell'
import { Spinner } from '#pwa/design/spinner'
import { destinations } from '#pwa/destinations'
import { doorRoutes, entranceRoutes, patientRoutes, routes } from '#pwa/routes'
import FailedScreen from '#pwa/screens/signed_out/failed_screen'
import { StepUp } from '#pwa/screens/account/step_up'
import { SyncBanners, SyncIndicator } from '#pwa/screens/outbox/sync_banners'
import { door, isOnlyPatient } from '#pwa/session/door'
import { t } from '#pwa/texts/t'
import { UpdateBanner } from '#pwa/worker/update_banner'

export function App() {
  const hasFailed = useSignal(false)
  return (
    <LocationProvider scope="/app">
      <ErrorBoundary onError={() => (hasFailed.value = true)}>
        {hasFailed.value ? <FailedScreen /> : <Doorway />}
        <StepUp />
      </ErrorBoundary>
    </LocationProvider>
  )
}

/** Addresses that mails and whoever is not inside use; and those of the own account, for which no store is needed. */
const isOutside = (path: string) => entranceRoutes.some(({ props }) => props.path === path)
const isOwnAccount = (path: string) => path === '/app/me' || path.startsWith('/app/me/')

function Doorway() {
  const { path } = useLocation()
  const at = door.value
  if (isOutside(path)) return <Outside key="outside">{entranceRoutes}</Outside>
  if (at === 'wait')
    return (
      <Entrance>
        <Spinner label={t('common.loading')} />
      </Entrance>
    )
  if (at !== 'inside' && !(at === 'prepare' && isOwnAccount(path)))
    return (
      <Outside key={at} footer={at === 'prepare' && <a href="/app/me">{t('common.later_account')}</a>}>
        {doorRoutes[at]}
      </Outside>
    )
  return (
    <Shell
      path={path}
      destinations={destinations()}
      indicator={isOnlyPatient.value ? null : <SyncIndicator />}
      banners={
        <>
          {isOnlyPatient.value ? null : <SyncBanners />}
          <UpdateBanner />
        </>
      }
    >
      <Router key={isOnlyPatient.value ? 'patient' : 'staff'}>{isOnlyPatient.value ? patientRoutes : routes}</Router>
    </Shell>
  )
}

function Outside({ children, footer }: { children: ComponentChildren; footer?: ComponentChildren }) {
  return (
    <Entrance>
      <Router>{children as never}</Router>
      {footer ? <p class="entrance-footer">{footer}</p> : null}
    </Entrance>
  )
}
