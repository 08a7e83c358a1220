import type { Keyring } from '#app/keys/keyring'

let current: Keyring | undefined

export function useKeyring(chosen: Keyring | undefined) {
  current = chosen
}

/** The process' keyring. It exists once the application has booted with a key provider. */
export function keyring(): Keyring {
  if (!current) throw new Error('no key provider: the application has not booted')
  return current
}
