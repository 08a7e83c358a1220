import { RepeatingProvider } from '#app/core/repeating_provider'
import { KEPT_FOR_MS, refreshClinic } from '#app/settings/clinic'

/** Follows what another process has changed. */
export default class SettingsProvider extends RepeatingProvider {
  protected readonly everyMs = KEPT_FOR_MS
  protected readonly failure = 'the settings were not read'
  protected override readonly alsoAtStart = true
  protected readonly work = refreshClinic
}
