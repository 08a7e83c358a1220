import type { Caller } from '#app/core/caller'
import { Unauthenticated } from '#app/core/problem'
import { shellSetting } from '#app/setup/shell_environment'
import { askSecret } from '#cli/ask_secret'
import { text } from '#cli/texts'

/**
 * Whoever a personal token says, as the API would take it, for what nobody may do as the operator alone. Never a flag: the
 * processes of a machine are seen by everybody on it. Errors: Unauthenticated `token_needed`, `token_invalid`.
 */
export async function tokenCaller(operator: Caller): Promise<Caller> {
  const value = shellSetting('MEDINFO_TOKEN') ?? (await askSecret(text('erasure.token')))
  if (!value) throw new Unauthenticated('token_needed')
  const { authenticate } = await import('#app/tokens/verify_token')
  const user = await authenticate(value)
  if (!user) throw new Unauthenticated('token_invalid')
  return { ...operator, user }
}
