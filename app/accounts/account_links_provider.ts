import { sweepLinks } from '#app/accounts/account_link'
import { SweepingProvider } from '#app/core/sweeping_provider'

/** Forgets the links of mails that are over, and whose they were. */
export default class AccountLinksProvider extends SweepingProvider {
  protected readonly everyMs = 60 * 60_000
  protected readonly what = 'old links of mails'
  protected readonly sweep = sweepLinks
}
