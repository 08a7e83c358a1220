import { access } from 'node:fs/promises'
import type { ApplicationService } from '@adonisjs/core/types'
import { Unavailable } from '#app/core/problem'
import { ChosenKeyProvider } from '#app/keys/chosen_provider'
import { Keyring } from '#app/keys/keyring'
import { useKeyring } from '#app/keys/keyring_service'
import { KmsKeyProvider } from '#app/keys/kms_provider'
import { LocalKeyProvider } from '#app/keys/local_provider'
import env, { keyringFile } from '#start/env'

export default class KeysProvider {
  constructor(protected app: ApplicationService) {}

  async boot() {
    const db = await this.app.container.make('lucid.db')
    useKeyring(new Keyring(configuredProvider(), () => db.connection()))
    // After what `up` prepares, and before anything listens.
    this.app.starting(() => this.requireKeyring())
  }

  /** A server of real records that can open none of them says so at once, and not to the first nurse. */
  private async requireKeyring() {
    const isReal = ['production', 'staging'].includes(env.get('APP_ENV')) && this.app.getEnvironment() === 'web'
    if (!isReal || env.get('KEY_PROVIDER') !== 'local') return
    const file = keyringFile()
    await access(file).catch((cause) => {
      throw new Unavailable('keyring_missing', { cause, extra: { file } })
    })
  }
}

function configuredProvider() {
  const local = new LocalKeyProvider(keyringFile())
  const settings = { region: env.get('AWS_REGION'), endpoint: env.get('KMS_ENDPOINT') }
  const kms = new KmsKeyProvider({ keyId: env.get('KMS_KEY_ID') ?? null, ...settings })
  return env.get('KEY_PROVIDER') === 'kms' ? new ChosenKeyProvider(kms, local) : new ChosenKeyProvider(local, kms)
}
