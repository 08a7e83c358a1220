import { Card } from '#pwa/design/card'
import { contrast, keepChoice, theme, type Contrast, type Theme } from '#pwa/design/choices'
import { Choice } from '#pwa/design/controls'
import { Field } from '#pwa/design/field'
import { changeLanguage } from '#pwa/session/profile'
import { offered } from '#pwa/texts/language'
import { language, t } from '#pwa/texts/t'

/** Language and looks, at once and without a network. */
export function DisplayChoices() {
  const options = (about: string, values: readonly string[]) =>
    values.map((value) => ({ value, label: t(`account.display.${about}.${value}`) }))
  // One’s own stays to be seen where it is no longer offered.
  const languages = [...new Set([language.value, ...offered.value])].sort().reverse()
  return (
    <Card title={t('account.display.title')}>
      <Field label={t('common.language')} required>
        <Choice
          name="language"
          value={language.value}
          options={languages.map((value) => ({ value, label: t(`common.language.${value}`) }))}
          onChange={(next) => void changeLanguage(next as 'fr' | 'en')}
        />
      </Field>
      <Field label={t('account.display.theme')} required>
        <Choice
          name="theme"
          value={theme.value}
          options={options('theme', ['system', 'light', 'dark'])}
          onChange={(next) => {
            theme.value = next as Theme
            keepChoice('theme', next)
          }}
        />
      </Field>
      <Field label={t('account.display.contrast')} required>
        <Choice
          name="contrast"
          value={contrast.value}
          options={options('contrast', ['system', 'more'])}
          onChange={(next) => {
            contrast.value = next as Contrast
            keepChoice('contrast', next)
          }}
        />
      </Field>
    </Card>
  )
}
