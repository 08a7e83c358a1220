import { Refused } from '#app/core/problem'

/** The content that is given belongs to another type of record than this one is. */
export class ContentOfOtherType extends Refused {
  constructor(pointers: string[]) {
    super('content_of_other_type', { errors: pointers.map((pointer) => ({ pointer, code: 'content_of_other_type' })) })
  }
}
export class EndsBeforeItBegins extends Refused {
  constructor() {
    super('ends_before_it_begins', { errors: [{ pointer: '/ended_at', code: 'ends_before_it_begins' }] })
  }
}
/** Also where there is no such consultation: whose it would be is nobody's business here. */
export class ConsultationOfOtherPatient extends Refused {
  constructor() {
    const errors = [{ pointer: '/consultation_id', code: 'consultation_of_other_patient' }]
    super('consultation_of_other_patient', { errors })
  }
}
