import type { Signal } from '@preact/signals'
import { Checkbox } from '#pwa/design/controls'
import { me } from '#pwa/session/session'
import { t } from '#pwa/texts/t'

/** Which of their own permissions somebody gives to a token, by the names that the API has for them. */
export function Abilities({ chosen }: { chosen: Signal<string[]> }) {
  const toggle = (name: string, isOn: boolean) => {
    chosen.value = isOn ? [...chosen.value, name] : chosen.value.filter((other) => other !== name)
  }
  return (
    <fieldset>
      <legend class="field-label">{t('account.tokens.abilities')}</legend>
      {me.value?.permissions.map((name) => (
        <Checkbox
          key={name}
          label={<code>{name}</code>}
          checked={chosen.value.includes(name)}
          onChange={({ currentTarget }) => toggle(name, currentTarget.checked)}
        />
      ))}
    </fieldset>
  )
}
