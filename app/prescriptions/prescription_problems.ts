import { Conflict } from '#app/core/problem'

/** What is stopped stays as it was when it was stopped. */
export class PrescriptionIsStopped extends Conflict {
  constructor() {
    super('prescription_stopped')
  }
}
