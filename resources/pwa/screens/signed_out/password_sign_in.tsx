import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { Banner } from '#pwa/design/banner'
import { Button } from '#pwa/design/button'
import { Form } from '#pwa/design/form'
import { Page } from '#pwa/design/page'
import { loadPublicInfo, publicInfo } from '#pwa/session/public_info'
import { signIn } from '#pwa/session/session'
import { useCall } from '#pwa/session/use_call'
import { EmailField } from '#pwa/screens/signed_out/email_field'
import { PasswordField } from '#pwa/screens/signed_out/password_field'
import { typedEmail } from '#pwa/screens/signed_out/typed_email'
import { PasskeySignIn } from '#pwa/screens/signed_out/passkey_sign_in'
import { t } from '#pwa/texts/t'
import '#pwa/screens/signed_out/signed_out.css'

export function PasswordSignIn() {
  const password = useSignal('')
  const { isBusy, problem, call } = useCall()
  useEffect(() => void loadPublicInfo(), [])
  const submit = async () => {
    await call(() => signIn(typedEmail.value, password.value))
    password.value = ''
  }
  return (
    <Page title={t('signed_out.sign_in.title')}>
      {navigator.onLine ? null : <Banner tone="warning">{t('signed_out.sign_in.offline')}</Banner>}
      <Form onSubmit={submit} error={problem.value}>
        <EmailField email={typedEmail} autocomplete="username webauthn" />
        <PasswordField password={password} />
        <Button type="submit" busy={isBusy.value}>
          {t('signed_out.sign_in.submit')}
        </Button>
      </Form>
      <PasskeySignIn />
      <ul class="signed-out-links">
        <li>
          <a href="/app/forgotten">{t('signed_out.forgotten.link')}</a>
        </li>
        {publicInfo.value?.registration === 'open' ? (
          <li>
            <a href="/app/register">{t('signed_out.register.link')}</a>
          </li>
        ) : null}
      </ul>
    </Page>
  )
}
