import { Conflict, Refused } from '#app/core/problem'

/** A code that is wrong, used, too old, or somebody else's, all alike. */
export class CodeInvalid extends Refused {
  constructor(field: 'code' | 'recovery_code') {
    super('code_invalid', { errors: [{ pointer: `/${field}`, code: 'code_invalid' }] })
  }
}
/** Whoever has a second factor proves that, and not the password alone. */
export class FactorNeeded extends Refused {
  constructor() {
    super('factor_needed', { errors: [{ pointer: '/password', code: 'factor_needed' }] })
  }
}
export class PasswordWrong extends Refused {
  constructor() {
    super('password_wrong', { errors: [{ pointer: '/password', code: 'password_wrong' }] })
  }
}
/** Staff cannot work without one, so that they put another in its place. */
export class LastFactor extends Refused {
  constructor() {
    super('last_factor')
  }
}
/** There is no code generator of the kind that was asked for: none at all, or none that waits for its first code. */
export class NoGenerator extends Conflict {
  constructor() {
    super('no_generator')
  }
}
/** Whoever has a factor changes it themself, or it is reset first. */
export class AlreadyEnrolled extends Conflict {
  constructor() {
    super('already_enrolled')
  }
}
export class NoFactor extends Conflict {
  constructor() {
    super('no_factor')
  }
}
