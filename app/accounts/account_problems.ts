import { Conflict, Forbidden, Refused } from '#app/core/problem'

/** The link of a mail that is unknown, used, too old, or for something else. */
export class LinkInvalid extends Refused {
  constructor() {
    super('link_invalid', { errors: [{ pointer: '/token', code: 'link_invalid' }] })
  }
}
/** Nobody comes in by this door, as the installation is set up. */
export class RegistrationClosed extends Forbidden {
  constructor() {
    super('registration_closed')
  }
}
export class CurrentPasswordWrong extends Refused {
  constructor() {
    super('current_password_wrong', {
      errors: [{ pointer: '/current_password', code: 'current_password_wrong' }],
    })
  }
}
/** An invitation for somebody who has a password. */
export class AccountActive extends Conflict {
  constructor() {
    super('account_active')
  }
}
export class AccountWithoutAddress extends Refused {
  constructor() {
    super('account_without_address')
  }
}
