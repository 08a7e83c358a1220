import type { LinkPurpose } from '#app/accounts/account_link'
import { clinicNow } from '#app/settings/clinic'
import { namedRunAddress, runAddress } from '#app/tls/run_address'
import env from '#start/env'

const PAGES = {
  registration: 'registration',
  invitation: 'invitation',
  password_reset: 'password-reset',
  email_change: 'email-change',
} as const satisfies Record<LinkPurpose, string>

/** The value stands in the fragment, which a browser sends to no server, so that no log and no proxy holds it. */
export function linkAddress(purpose: LinkPurpose, value: string): string {
  return `${runAddress()}/app/${PAGES[purpose]}#${value}`
}

export interface Sender {
  name: string
  address: string
}

/** By the name that was chosen, else by the one in MAIL_FROM. Errors: one that names the setting. */
export function sender(): Sender {
  const { name, chosenName } = clinicNow()
  const given = env.get('MAIL_FROM')
  if (!given) return { name, address: `no-reply@${new URL(namedRunAddress()).hostname}` }
  const [, shown, address] = /^\s*(?:"?([^"<>]*?)"?\s*<)?([^\s<>@,]+@[^\s<>@,]+)>?\s*$/.exec(given) ?? []
  if (!address) throw new Error('MAIL_FROM is no address, such as MedInfo <no-reply@clinic.example>')
  return { name: chosenName || shown || name, address }
}
