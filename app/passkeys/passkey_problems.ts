import { Refused } from '#app/core/problem'

/** Whatever is wrong with an answer to a challenge, all alike: who tries should not learn what to change. */
export class PasskeyInvalid extends Refused {
  constructor({ cause }: { cause?: unknown } = {}) {
    super('passkey_invalid', { errors: [{ pointer: '/credential', code: 'passkey_invalid' }], cause })
  }
}
/** At any address but the one with the name, a browser finds no passkey of ours and makes none. */
export class PasskeysNeedAName extends Refused {
  constructor(address: string) {
    super('passkeys_need_a_name', { extra: { address } })
  }
}
