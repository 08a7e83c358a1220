import { Conflict, Refused } from '#app/core/problem'

/**
 * One refusal for whatever does not fit: national id, date of birth, code, one that is used up, and a record that nobody
 * can be linked to. Anything else would tell somebody who is not the patient what they have right.
 */
export class ChartNotLinked extends Refused {
  constructor() {
    super('chart_not_linked')
  }
}
/** The caller's own account has a chart already. */
export class AccountHasChart extends Conflict {
  constructor() {
    super('account_has_chart')
  }
}
/** At the desk: somebody opens this chart with an account of theirs already. */
export class ChartHasAccount extends Conflict {
  constructor() {
    super('chart_has_account')
  }
}
export class NoAccountLinked extends Conflict {
  constructor() {
    super('no_account_linked')
  }
}
