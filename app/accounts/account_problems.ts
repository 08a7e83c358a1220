import { Refused } from '#app/core/problem'

/** The link of a mail that is unknown, used, too old, or for something else. */
export class LinkInvalid extends Refused {
  constructor() {
    super('link_invalid', { errors: [{ pointer: '/token', code: 'link_invalid' }] })
  }
}
