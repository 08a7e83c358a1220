import { Conflict, Forbidden } from '#app/core/problem'

/** One is waiting to be approved. */
export class ErasureRequested extends Conflict {
  constructor(request?: string) {
    super('erasure_requested', { extra: request ? { request } : {} })
  }
}
/** The person has another record that goes on: that one is to be erased, and takes this one along. */
export class RecordIsMerged extends Conflict {
  constructor(survivor: string) {
    super('record_is_merged', { extra: { patient_id: survivor } })
  }
}
/** It was withdrawn, has ended after its two weeks, or is done. */
export class ErasureOver extends Conflict {
  constructor() {
    super('erasure_over')
  }
}
export class OwnErasureRequest extends Forbidden {
  constructor() {
    super('own_erasure_request')
  }
}
export class ErasureApproved extends Conflict {
  constructor() {
    super('erasure_approved')
  }
}
export class ErasureNotApproved extends Conflict {
  constructor() {
    super('erasure_not_approved')
  }
}
