import { MailRequest } from '#pwa/screens/signed_out/mail_request'
import { api, ask } from '#pwa/session/session'

export default function ForgottenScreen() {
  return (
    <MailRequest
      about="forgotten"
      request={(email, language) => ask(api.POST('/api/v1/password-resets', { body: { email, language } }))}
    />
  )
}
