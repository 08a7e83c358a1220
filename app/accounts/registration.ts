import { RegistrationClosed } from '#app/accounts/account_problems'
import env from '#start/env'

/** Who makes accounts here: patients themselves too, staff by invitation, or nobody. */
export const REGISTRATIONS = ['open', 'invitation', 'closed'] as const

export function allowedRegistration(): (typeof REGISTRATIONS)[number] {
  return env.get('REGISTRATION', 'invitation')
}

/**
 * Lets pass what REGISTRATION allows: `open` is for patients who register themselves, `invitation` for staff who invite,
 * which an open installation may too. Errors: RegistrationClosed.
 */
export function requireRegistration(by: 'open' | 'invitation') {
  const allowed = allowedRegistration()
  if (allowed !== 'open' && allowed !== by) throw new RegistrationClosed()
}
