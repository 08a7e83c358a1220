import { Conflict, Forbidden, Refused } from '#app/core/problem'

/** Nothing new goes into the chart of a patient whose record is retired or merged. */
export class PatientIsRetired extends Refused {
  constructor() {
    super('patient_retired', { errors: [{ pointer: '/patient_id', code: 'patient_retired' }] })
  }
}
/** After a day only the author corrects; others add to it. */
export class AddendumRequired extends Forbidden {
  constructor() {
    super('addendum_required')
  }
}
export class BeforeBirth extends Refused {
  constructor(pointer: string) {
    super('before_birth', { errors: [{ pointer, code: 'before_birth' }] })
  }
}
/** The id that a device made is in use: the record was sent before. */
export class RecordExists extends Conflict {
  constructor() {
    super('record_exists', { errors: [{ pointer: '/id', code: 'record_exists' }] })
  }
}
