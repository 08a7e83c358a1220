import { RegistrationClosed } from '#app/accounts/account_problems'
import env from '#start/env'

/**
 * Lets pass what REGISTRATION allows: `open` is for patients who register themselves, `invitation` for staff who invite,
 * which an open installation may too. Errors: RegistrationClosed.
 */
export function requireRegistration(by: 'open' | 'invitation') {
  const allowed = env.get('REGISTRATION', 'invitation')
  if (allowed !== 'open' && allowed !== by) throw new RegistrationClosed()
}
