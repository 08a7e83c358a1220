import { PasswordByLink } from '#pwa/screens/signed_out/password_by_link'
import { api, ask } from '#pwa/session/session'

export default function NewPasswordScreen() {
  return (
    <PasswordByLink
      about="new_password"
      submit={({ token, password }) =>
        ask(api.POST('/api/v1/password-resets/completion', { body: { token, password } }))
      }
    />
  )
}
