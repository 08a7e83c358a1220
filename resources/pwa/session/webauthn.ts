type CreationOptions = PublicKeyCredentialCreationOptionsJSON
type RequestOptions = PublicKeyCredentialRequestOptionsJSON

/** Why a passkey cannot be used here; null where it can. They need a name, and a connection that nobody reads. */
export function passkeysMissing(): 'no_browser' | 'no_name' | null {
  if (/^[\d.]+$|:/.test(location.hostname.replace(/^\[|\]$/g, ''))) return 'no_name'
  return window.isSecureContext && 'PublicKeyCredential' in window ? null : 'no_browser'
}

export async function canSuggestPasskeys(): Promise<boolean> {
  if (passkeysMissing()) return false
  return (await PublicKeyCredential.isConditionalMediationAvailable?.()) ?? false
}

/** Makes a passkey of what the server offers. Errors: those of the browser, by their name. */
export async function makePasskey(options: CreationOptions): Promise<object> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON?.(options) ?? parseCreation(options)
  return asJson(await navigator.credentials.create({ publicKey }))
}

/** Has a passkey sign what the server offers; `suggested` shows it in the field of the address. */
export async function signByPasskey(
  options: RequestOptions,
  signal?: AbortSignal,
  isSuggested = false
): Promise<object> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON?.(options) ?? parseRequest(options)
  const mediation = isSuggested ? 'conditional' : undefined
  return asJson(await navigator.credentials.get({ publicKey, signal, mediation }))
}

/* Browsers of before 2024 know WebAuthn, and not its JSON (WebAuthn 3, section 5.1.8 to 5.1.10). */

const bytesOf = (text: string) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0))

const textOf = (bytes: ArrayBuffer) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

const known = (list: PublicKeyCredentialDescriptorJSON[] = []) =>
  list.map((each) => ({ ...each, id: bytesOf(each.id) })) as PublicKeyCredentialDescriptor[]

function parseCreation(options: CreationOptions): PublicKeyCredentialCreationOptions {
  return {
    ...(options as object as PublicKeyCredentialCreationOptions),
    challenge: bytesOf(options.challenge),
    user: { ...options.user, id: bytesOf(options.user.id) },
    excludeCredentials: known(options.excludeCredentials),
  }
}

function parseRequest(options: RequestOptions): PublicKeyCredentialRequestOptions {
  return {
    ...(options as object as PublicKeyCredentialRequestOptions),
    challenge: bytesOf(options.challenge),
    allowCredentials: known(options.allowCredentials),
  }
}

function asJson(credential: Credential | null): object {
  const made = credential as PublicKeyCredential
  if (typeof made.toJSON === 'function') return made.toJSON()
  const { clientDataJSON, ...rest } = partsOf(made.response)
  return {
    ...{ id: made.id, rawId: textOf(made.rawId), type: made.type, clientExtensionResults: {} },
    response: { clientDataJSON, ...rest },
  }
}

function partsOf(response: AuthenticatorResponse): Record<string, unknown> {
  const { attestationObject, getTransports } = response as AuthenticatorAttestationResponse
  const clientDataJSON = textOf(response.clientDataJSON)
  if (attestationObject)
    return {
      clientDataJSON,
      attestationObject: textOf(attestationObject),
      transports: getTransports ? getTransports.call(response) : [],
    }
  const { authenticatorData, signature, userHandle } = response as AuthenticatorAssertionResponse
  return {
    clientDataJSON,
    authenticatorData: textOf(authenticatorData),
    signature: textOf(signature),
    userHandle: userHandle ? textOf(userHandle) : null,
  }
}
