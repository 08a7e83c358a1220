import { Conflict, Invalid, Refused } from '#app/core/problem'

/** Another record has this national id. It is named only to someone who may open it. */
export class NationalIdTaken extends Conflict {
  constructor(visibleUuid: string | null) {
    super(visibleUuid ? 'national_id_taken' : 'national_id_taken_ask', {
      errors: [{ pointer: '/national_id', code: 'national_id_taken' }],
      extra: visibleUuid ? { patient_id: visibleUuid } : {},
    })
  }
}
export class NationalIdInvalid extends Invalid {
  constructor(code: string, country: string) {
    super([{ pointer: '/national_id', code, params: { country } }])
  }
}
/** The key decides, since two desks may register at the same moment. */
export class MrnTaken extends Conflict {
  constructor() {
    super('mrn_taken', { errors: [{ pointer: '/mrn', code: 'mrn_taken' }] })
  }
}
/** The id that a device made is in use: the record was sent before. */
export class PatientExists extends Conflict {
  constructor() {
    super('patient_exists', { errors: [{ pointer: '/id', code: 'patient_exists' }] })
  }
}
export class BornAfterDeath extends Refused {
  constructor() {
    super('born_after_death', { errors: [{ pointer: '/deceased_at', code: 'born_after_death' }] })
  }
}
export class AlreadyRetired extends Conflict {
  constructor() {
    super('already_retired')
  }
}
export class NotRetired extends Conflict {
  constructor() {
    super('not_retired')
  }
}
export class SearchNeedsAKey extends Invalid {
  constructor() {
    super([{ pointer: '', code: 'search_needs_a_key' }])
  }
}
