import { useSignal } from '@preact/signals'
import { Banner } from '#pwa/design/banner'
import { Button } from '#pwa/design/button'
import { Form } from '#pwa/design/form'
import { Page } from '#pwa/design/page'
import { NewPasswordField } from '#pwa/screens/signed_out/new_password_field'
import { PasswordField } from '#pwa/screens/signed_out/password_field'
import { api, ask, takeSession } from '#pwa/session/session'
import { useCall } from '#pwa/session/use_call'
import { t } from '#pwa/texts/t'

export default function PasswordScreen() {
  const [current, next, isDone] = [useSignal(''), useSignal(''), useSignal(false)]
  const { isBusy, problem, call } = useCall()
  const submit = async () => {
    const body = { current_password: current.value, password: next.value }
    const session = await call(() => ask(api.PUT('/api/v1/me/password', { body })))
    if (!session) return
    await takeSession(session)
    isDone.value = true
  }
  return (
    <Page title={t('account.password.title')} back="/app/me/security">
      {isDone.value ? (
        <Banner tone="success">{t('account.password.done')}</Banner>
      ) : (
        <Form onSubmit={submit} error={problem.value}>
          <p>{t('account.password.intro')}</p>
          <PasswordField
            label={t('account.password.current')}
            name="current-password"
            pointer="current_password"
            password={current}
          />
          <NewPasswordField password={next} />
          <Button type="submit" busy={isBusy.value}>
            {t('account.password.submit')}
          </Button>
        </Form>
      )}
    </Page>
  )
}
