import { Forbidden, Unauthenticated, Unavailable } from '#app/core/problem'

/** One refusal for a wrong password, an unknown address, a closed account and one without a password. */
export class WrongCredentials extends Unauthenticated {
  constructor() {
    super('wrong_credentials')
  }
}
export class HttpsRequired extends Forbidden {
  constructor() {
    super('https_required')
  }
}

/** Where sessions are kept nobody answers: whoever they are, they are let in by none. */
export class SessionsUnavailable extends Unavailable {
  constructor(cause: unknown) {
    super('sessions_unavailable', { cause })
  }
}
