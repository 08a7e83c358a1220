import { KeyProviderUnavailable, type KeyProvider } from '#app/keys/key_provider'

/**
 * The provider that wraps, beside one that only unwraps what it wrapped before: an installation that moves from a keyring
 * to KMS, or back, goes on reading while `medinfo key rewrap` moves its keys.
 */
export class ChosenKeyProvider implements KeyProvider {
  readonly name

  constructor(
    private chosen: KeyProvider,
    private former: KeyProvider
  ) {
    this.name = chosen.name
  }

  activeUri() {
    return this.chosen.activeUri()
  }

  wrap(plain: Buffer, context: string) {
    return this.chosen.wrap(plain, context)
  }

  async unwrap(wrapped: Buffer, kekUri: string, context: string) {
    const provider = [this.chosen, this.former].find(({ name }) => kekUri.startsWith(`${name}:`))
    if (!provider) throw new KeyProviderUnavailable({ cause: new Error(`no provider knows ${kekUri}`) })
    return provider.unwrap(wrapped, kekUri, context)
  }

  describe() {
    return this.chosen.describe()
  }

  renew(name: string) {
    return this.chosen.renew(name)
  }

  retireAllBut(inUse: string[]) {
    return this.chosen.retireAllBut(inUse)
  }
}
