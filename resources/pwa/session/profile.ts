import { api, ask, ownAccount, takeAccount, type Answer, type Me } from '#pwa/session/session'
import { chooseLanguage } from '#pwa/texts/language'
import type { Language } from '#pwa/texts/t'

/** The language of this device at once, and of the account's mails where somebody is signed in. */
export async function changeLanguage(next: Language): Promise<void> {
  await chooseLanguage(next)
  if (ownAccount.value) await changeProfile({ language: next })
}

export async function changeProfile(changes: { name?: string; language?: Language }): Promise<Answer<Me>> {
  const answer = await ask(api.PATCH('/api/v1/me', { body: changes }))
  if (answer.data) takeAccount(answer.data)
  return answer
}
