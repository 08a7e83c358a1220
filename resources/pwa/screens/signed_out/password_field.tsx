import type { Signal } from '@preact/signals'
import { Field } from '#pwa/design/field'
import { PasswordInput } from '#pwa/design/password_input'
import { t } from '#pwa/texts/t'

interface PasswordFieldProps {
  password: Signal<string>
  label?: string
  hint?: string
  /** What a password manager knows it by. */
  name?: 'password' | 'current-password' | 'new-password'
  pointer?: string
}

/** The password of an account, as a form asks for it. */
export function PasswordField({ password, label, hint, name = 'password', pointer = 'password' }: PasswordFieldProps) {
  return (
    <Field label={label ?? t('signed_out.password')} hint={hint} pointer={pointer} required>
      <PasswordInput
        name={name}
        autocomplete={name === 'password' ? 'current-password' : name}
        value={password.value}
        onInput={({ currentTarget }) => (password.value = currentTarget.value)}
      />
    </Field>
  )
}
