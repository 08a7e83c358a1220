import { overrideSettings, shellSetting } from '#app/setup/shell_environment'

/**
 * Reads the environment and `.env`. Where neither says what kind of run this is, it is production: the framework writes
 * files for developers otherwise. Errors: E_INVALID_ENV_VARIABLES.
 */
export async function readSettings() {
  await import('#start/env')
  overrideSettings({ NODE_ENV: shellSetting('NODE_ENV') ?? 'production' })
}
