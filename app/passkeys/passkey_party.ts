import { parse, stringify } from 'uuid'
import { clinicNow } from '#app/settings/clinic'
import { namedRunAddress } from '#app/tls/run_address'

/** Who asks for a passkey, in the words of WebAuthn: the name under which devices keep it, and the page that may ask. */
export interface RelyingParty {
  id: string
  name: string
  origin: string
}

/** WebAuthn takes names only: a bare address is no id, and at this machine itself `localhost` is the name. */
export function relyingParty(): RelyingParty {
  const name = clinicNow().name
  const address = new URL(namedRunAddress())
  return { id: address.hostname, name, origin: address.origin }
}

/** What a device keeps beside a passkey to say whose it is: the user's uuid, and nothing that tells who that is. */
export function userHandleOf({ uuid }: { uuid: string }): Uint8Array<ArrayBuffer> {
  return new Uint8Array(parse(uuid))
}

/** The uuid inside; null for what is none. */
export function uuidOfHandle(handle: string): string | null {
  const bytes = Buffer.from(handle, 'base64url')
  return bytes.length === 16 ? stringify(bytes) : null
}
