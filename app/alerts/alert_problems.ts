import { Conflict, Refused } from '#app/core/problem'

/** There is no emergency in a chart that is open to the caller anyway, and one is enough at a time. */
export class AlreadyOpen extends Conflict {
  constructor() {
    super('already_open')
  }
}
export class AlreadyReviewed extends Conflict {
  constructor() {
    super('already_reviewed')
  }
}
/** A review by the person whom it is about would be none. */
export class OwnAlert extends Refused {
  constructor() {
    super('own_alert')
  }
}
