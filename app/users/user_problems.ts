import { Conflict, NotFound, Refused } from '#app/core/problem'

export class EmailTaken extends Conflict {
  constructor() {
    super('email_taken', { errors: [{ pointer: '/email', code: 'email_taken' }] })
  }
}
export class UnknownRole extends Refused {
  constructor(role: string) {
    super('unknown_role', { extra: { role } })
  }
}
export class UnknownPermission extends Refused {
  constructor(permission: string) {
    super('unknown_permission', { extra: { permission } })
  }
}
export class UnknownUser extends NotFound {
  constructor() {
    super('unknown_user')
  }
}
export class LastAdministrator extends Refused {
  constructor() {
    super('last_administrator')
  }
}
export class UserIsDisabled extends Refused {
  constructor() {
    super('user_disabled')
  }
}
