import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { now } from '#app/core/clock'
import { RepeatingProvider } from '#app/core/repeating_provider'

/** While serving: forgets what is over, again and again. What is left by a failure is forgotten the next time. */
export abstract class SweepingProvider extends RepeatingProvider {
  /** What is forgotten, as the log names it. */
  protected abstract readonly what: string
  protected abstract sweep(before: Date, client: QueryClientContract): Promise<unknown>

  protected get failure() {
    return `${this.what} were not swept`
  }

  protected work(client: QueryClientContract) {
    return this.sweep(now(), client)
  }
}
