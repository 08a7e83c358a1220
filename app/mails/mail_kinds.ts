import type { LinkPurpose } from '#app/accounts/account_link'

/** Every mail that is sent, and the link that it carries. Texts: resources/lang/<locale>/mails.json under the same name. */
export const MAIL_KINDS = {
  registration: { link: 'registration' },
  /** To somebody who registers and has an account already. */
  already_registered: { link: null },
  invitation: { link: 'invitation' },
  password_reset: { link: 'password_reset' },
  /** To an address for which somebody asked a new password, and that has no account. */
  no_account: { link: null },
  password_changed: { link: null },
  /** To the new address, which has to be proven. */
  email_change: { link: 'email_change' },
  /** To the former address. */
  email_changed: { link: null },
  /** A second factor was added, taken away or reset. */
  factors_changed: { link: null },
  account_closed: { link: null },
} as const satisfies Record<string, { link: LinkPurpose | null }>

export type MailKind = keyof typeof MAIL_KINDS
