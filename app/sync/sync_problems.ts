import { Conflict, Refused, Unauthenticated } from '#app/core/problem'
import { LIMITS, PROTOCOL } from '#app/sync/protocol'

/** The credential is over: its time, a password or role that changed, an account that is closed. Signing in mends it. */
export class DeviceNeedsSignIn extends Unauthenticated {
  constructor() {
    super('device_sign_in_needed')
  }
}
/** Somebody ended this device for good: it deletes its key. */
export class DeviceRevoked extends Unauthenticated {
  constructor() {
    super('device_revoked')
  }
}
/** A device that was ended gets no new credential; it would hold what it was to forget. */
export class DeviceEnded extends Conflict {
  constructor() {
    super('device_ended')
  }
}
export class ProtocolUnknown extends Refused {
  constructor() {
    super('protocol_unknown', {
      errors: [{ pointer: '/protocol', code: 'protocol_unknown' }],
      extra: { protocol: PROTOCOL },
    })
  }
}
/** The call names another device than the one whose credential it shows. */
export class OtherDevice extends Refused {
  constructor() {
    super('other_device', { errors: [{ pointer: '/device_id', code: 'other_device' }] })
  }
}
export class TooManyMutations extends Refused {
  constructor() {
    const errors = [{ pointer: '/mutations', code: 'too_many_mutations' }]
    super('too_many_mutations', { errors, extra: { most: LIMITS.mutations } })
  }
}
