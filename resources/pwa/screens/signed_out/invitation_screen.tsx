import { PasswordByLink } from '#pwa/screens/signed_out/password_by_link'
import { typedEmail } from '#pwa/screens/signed_out/typed_email'
import { api, ask } from '#pwa/session/session'

export default function InvitationScreen() {
  return (
    <PasswordByLink
      about="invitation"
      submit={async ({ token, password }) => {
        const answer = await ask(api.POST('/api/v1/invitations/acceptance', { body: { token, password } }))
        typedEmail.value = answer.data?.email ?? ''
        return answer
      }}
    />
  )
}
