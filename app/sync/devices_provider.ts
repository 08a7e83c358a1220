import { RepeatingProvider } from '#app/core/repeating_provider'
import { writeLastSeenDevices } from '#app/sync/verify_device'

/** Writes when each device was last seen. What is lost is written with the next call. */
export default class DevicesProvider extends RepeatingProvider {
  protected readonly everyMs = 10_000
  protected readonly failure = 'when devices were last seen was not written'
  protected readonly alsoAtEnd = true
  protected readonly work = writeLastSeenDevices
}
