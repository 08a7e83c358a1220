import { ErrorBoundary, LocationProvider, Router } from 'preact-iso'
import { routes } from '#pwa/routes'

export function App() {
  return (
    <LocationProvider scope="/app">
      <ErrorBoundary>
        <Router>{routes}</Router>
      </ErrorBoundary>
    </LocationProvider>
  )
}
