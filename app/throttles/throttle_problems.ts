import { TooMany } from '#app/core/problem'
import type { Refusal } from '#app/throttles/bucket'

export class TooManyTries extends TooMany {
  constructor({ waitMs }: Pick<Refusal, 'waitMs'>) {
    super('too_many_tries', { extra: { retry_after: Math.max(1, Math.ceil(waitMs / 1000)) } })
  }
}
