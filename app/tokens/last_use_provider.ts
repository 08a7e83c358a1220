import { RepeatingProvider } from '#app/core/repeating_provider'
import { writeLastUses } from '#app/tokens/verify_token'

/** Writes when each token was last used. A last use that is lost harms nobody. */
export default class LastUseProvider extends RepeatingProvider {
  protected readonly everyMs = 10_000
  protected readonly failure = 'the last use of tokens was not written'
  protected readonly alsoAtEnd = true
  protected readonly work = writeLastUses
}
