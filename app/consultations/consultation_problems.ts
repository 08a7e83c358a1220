import { Conflict, Refused } from '#app/core/problem'

/** A cancelled consultation is over: nothing of it changes and nothing is prescribed on it. */
export class ConsultationIsCancelled extends Refused {
  constructor() {
    super('consultation_cancelled')
  }
}
export class AlreadyCancelled extends Conflict {
  constructor() {
    super('already_cancelled')
  }
}
