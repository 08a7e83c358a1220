import type { Signal } from '@preact/signals'
import { Field } from '#pwa/design/field'
import { PasswordInput } from '#pwa/design/password_input'
import { t } from '#pwa/texts/t'

/** How strong it has to be is the server's to say: its words stand under the field. */
export function NewPasswordField({ password }: { password: Signal<string> }) {
  return (
    <Field
      label={t('signed_out.new_password.label')}
      hint={t('signed_out.new_password.hint')}
      pointer="password"
      required
    >
      <PasswordInput
        name="new-password"
        autocomplete="new-password"
        value={password.value}
        onInput={({ currentTarget }) => (password.value = currentTarget.value)}
      />
    </Field>
  )
}
