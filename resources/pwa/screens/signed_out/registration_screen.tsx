import { PasswordByLink } from '#pwa/screens/signed_out/password_by_link'
import { typedEmail } from '#pwa/screens/signed_out/typed_email'
import { api, ask } from '#pwa/session/session'

export default function RegistrationScreen() {
  return (
    <PasswordByLink
      about="registration"
      asksName
      submit={async (body) => {
        const answer = await ask(api.POST('/api/v1/registrations/completion', { body }))
        typedEmail.value = answer.data?.email ?? ''
        return answer
      }}
    />
  )
}
