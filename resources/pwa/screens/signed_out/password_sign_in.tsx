import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { Banner } from '#pwa/design/banner'
import { Button } from '#pwa/design/button'
import { TextInput } from '#pwa/design/controls'
import { Field } from '#pwa/design/field'
import { Form } from '#pwa/design/form'
import { Page } from '#pwa/design/page'
import { PasswordInput } from '#pwa/design/password_input'
import { loadPublicInfo, publicInfo } from '#pwa/session/public_info'
import { signIn } from '#pwa/session/session'
import { useCall } from '#pwa/session/use_call'
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
        <Field label={t('signed_out.email')} pointer="email" required>
          <TextInput
            type="email"
            name="email"
            autocomplete="username webauthn"
            autocapitalize="none"
            value={typedEmail.value}
            onInput={({ currentTarget }) => (typedEmail.value = currentTarget.value)}
          />
        </Field>
        <Field label={t('signed_out.password')} pointer="password" required>
          <PasswordInput
            name="password"
            autocomplete="current-password"
            value={password.value}
            onInput={({ currentTarget }) => (password.value = currentTarget.value)}
          />
        </Field>
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
