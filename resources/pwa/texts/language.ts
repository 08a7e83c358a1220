import { effect, signal } from '@preact/signals'
import { dictionaries, language, type Language } from '#pwa/texts/t'
import { chosen, keepChoice } from '#pwa/design/choices'

const LOADERS = { fr: () => import('#pwa/texts/all_fr'), en: () => import('#pwa/texts/all_en') }

const BOTH: Language[] = ['fr', 'en']

/** What this installation offers, as this device last heard. */
export const offered = signal<Language[]>(those(chosen('languages')?.split(',')))

export function offerLanguages(languages: string[]) {
  offered.value = those(languages)
  keepChoice('languages', offered.value.join(','))
}

/** The clinic's own, for whoever has chosen none on this device. */
export async function beginIn(ofClinic: string): Promise<void> {
  if (!chosen('language')) await useLanguage(ofClinic === 'en' ? 'en' : 'fr')
}

/** Loads the texts before anything is shown; French for whoever has not chosen on this device. */
export async function loadLanguage(): Promise<void> {
  const kept = chosen('language')
  await useLanguage(kept === 'en' ? 'en' : 'fr')
  effect(() => {
    document.documentElement.lang = language.value
  })
}

/** Changes the language of this device, at once. What the account says is session/profile's. */
export async function chooseLanguage(next: Language): Promise<void> {
  keepChoice('language', next)
  await useLanguage(next)
}

/** The account's language, for whoever has not chosen on this device. */
export async function adoptLanguage(ofAccount: Language): Promise<void> {
  if (!chosen('language')) await chooseLanguage(ofAccount)
}

function those(languages?: string[]): Language[] {
  const known = BOTH.filter((each) => languages?.includes(each))
  return known.length ? known : BOTH
}

async function useLanguage(next: Language) {
  if (!dictionaries.value[next]) {
    const { texts } = await LOADERS[next]()
    dictionaries.value = { ...dictionaries.value, [next]: texts }
  }
  language.value = next
}
