import type { Signal } from '@preact/signals'
import { PasswordField } from '#pwa/screens/signed_out/password_field'
import { t } from '#pwa/texts/t'

/** How strong it has to be is the server's to say: its words stand under the field. */
export function NewPasswordField({ password }: { password: Signal<string> }) {
  return (
    <PasswordField
      label={t('signed_out.new_password.label')}
      hint={t('signed_out.new_password.hint')}
      name="new-password"
      password={password}
    />
  )
}
