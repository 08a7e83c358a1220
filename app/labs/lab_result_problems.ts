import { Conflict, Refused } from '#app/core/problem'

export class ResultInFuture extends Refused {
  constructor() {
    super('result_in_future', { errors: [{ pointer: '/result_date', code: 'result_in_future' }] })
  }
}
/** A unit says nothing without the number that it measures. */
export class UnitWithoutValue extends Refused {
  constructor() {
    super('unit_without_value', { errors: [{ pointer: '/unit', code: 'unit_without_value' }] })
  }
}
/** It is released: nobody validates it again, nor takes it back to what is not yet sure. */
export class AlreadyValidated extends Conflict {
  constructor() {
    super('already_validated')
  }
}
