import { renewWhenSignedIn } from '#pwa/screens/prepare/device_credential'
import { firstScreen } from '#pwa/screens/lazy_screen'
import { showAppBadge } from '#pwa/screens/outbox/app_badge'
import { registerWorker } from '#pwa/worker/register'
import { watchForms } from '#pwa/worker/unsaved'

/** What goes on beside every screen, as long as the page is open. */
export function startBeside() {
  watchForms()
  showAppBadge()
  renewWhenSignedIn()
  void firstScreen.then(registerWorker)
}
