import type { Signal } from '@preact/signals'
import { TextInput } from '#pwa/design/controls'
import { Field } from '#pwa/design/field'
import { t } from '#pwa/texts/t'

interface EmailFieldProps {
  email: Signal<string>
  label?: string
  hint?: string
  autocomplete?: 'email' | 'username webauthn'
}

/** The address of an account, as a form asks for it. */
export function EmailField({ email, label, hint, autocomplete = 'email' }: EmailFieldProps) {
  return (
    <Field label={label ?? t('signed_out.email')} hint={hint} pointer="email" required>
      <TextInput
        type="email"
        name="email"
        autocomplete={autocomplete}
        autocapitalize="none"
        value={email.value}
        onInput={({ currentTarget }) => (email.value = currentTarget.value)}
      />
    </Field>
  )
}
