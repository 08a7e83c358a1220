import { lazyScreen } from '#pwa/screens/lazy_screen'
import { waitingForPerson } from '#pwa/session/step_up'

const StepUpDialog = lazyScreen(() => import('#pwa/screens/account/step_up_dialog'))

/** Above everything, whenever the server wants to know that it is still the same person. */
export function StepUp() {
  return waitingForPerson.value ? <StepUpDialog /> : null
}
