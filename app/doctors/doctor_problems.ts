import { Conflict, Refused } from '#app/core/problem'

export class NotAClinician extends Refused {
  constructor() {
    super('not_a_clinician')
  }
}
export class AlreadyAssigned extends Conflict {
  constructor() {
    super('already_assigned')
  }
}
export class NotAssigned extends Conflict {
  constructor() {
    super('not_assigned')
  }
}
