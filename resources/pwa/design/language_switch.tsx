import { chooseLanguage, offered } from '#pwa/texts/language'
import { language, t } from '#pwa/texts/t'

const NAMES = { fr: 'Français', en: 'English' } as const

/** The other language, in its own words: whoever needs it cannot read this one. */
export function LanguageSwitch({ onChange = chooseLanguage }: { onChange?: (next: 'fr' | 'en') => unknown }) {
  const next = language.value === 'fr' ? 'en' : 'fr'
  if (!offered.value.includes(next)) return null
  return (
    <button type="button" class="language-switch" lang={next} onClick={() => void onChange(next)}>
      <span class="only-heard" lang={language.value}>
        {t('common.language')}{' '}
      </span>
      {NAMES[next]}
    </button>
  )
}
