import type { ApplicationService } from '@adonisjs/core/types'
import { Keyring } from '#app/keys/keyring'
import { useKeyring } from '#app/keys/keyring_service'
import { LocalKeyProvider } from '#app/keys/local_provider'
import { keyringFile } from '#start/env'

export default class KeysProvider {
  constructor(protected app: ApplicationService) {}

  async boot() {
    const db = await this.app.container.make('lucid.db')
    useKeyring(new Keyring(new LocalKeyProvider(keyringFile()), () => db.connection()))
  }
}
