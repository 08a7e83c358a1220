import { Forbidden, Unauthenticated } from '#app/core/problem'

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
