import { MailRequest } from '#pwa/screens/signed_out/mail_request'
import { api, ask } from '#pwa/session/session'

export default function RegisterScreen() {
  return (
    <MailRequest
      about="register"
      request={(email, language) => ask(api.POST('/api/v1/registrations', { body: { email, language } }))}
    />
  )
}
