import { Conflict, Forbidden, NotFound, Refused } from '#app/core/problem'

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
/** A token opens without any factor, so that whoever makes one has proven theirs. */
export class FactorNeeded extends Forbidden {
  constructor(missing: 'second_factor' | 'enrolment') {
    super(`${missing}_required`)
  }
}
export class AbilityNotHeld extends Refused {
  constructor(index: number) {
    super('ability_not_held', { errors: [{ pointer: `/abilities/${index}`, code: 'ability_not_held' }] })
  }
}
