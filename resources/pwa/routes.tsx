import { lazy, Route } from 'preact-iso'

const Today = lazy(() => import('#pwa/screens/today/today_screen'))

/** Every screen is a chunk of its own, so that the first one is there soon on a slow line. */
export const routes = [<Route path="/app/" component={Today} />]
