import { useSignal } from '@preact/signals'
import { TextInput, type TextInputProps } from '#pwa/design/controls'
import { Icon } from '#pwa/design/icon'
import { t } from '#pwa/texts/t'

const looks = { autocapitalize: 'none', spellcheck: false } as object

/** A password, which whoever types it on a small screen may look at. */
export function PasswordInput(props: TextInputProps) {
  const isShown = useSignal(false)
  const label = t(isShown.value ? 'common.password.hide' : 'common.password.show')
  return (
    <div class="password">
      <TextInput {...looks} {...(props as object)} {...({ type: isShown.value ? 'text' : 'password' } as object)} />
      <button type="button" class="password-eye" aria-label={label} onClick={() => (isShown.value = !isShown.value)}>
        <Icon name={isShown.value ? 'eye_off' : 'eye'} />
      </button>
    </div>
  )
}
