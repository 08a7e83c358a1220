import { useSignal } from '@preact/signals'
import { Button } from '#pwa/design/button'
import { Dialog } from '#pwa/design/dialog'
import { Form, Refusal } from '#pwa/design/form'
import { Spinner } from '#pwa/design/spinner'
import { CodeForm } from '#pwa/screens/signed_out/code_form'
import { PasswordField } from '#pwa/screens/signed_out/password_field'
import { confirmByPasskey } from '#pwa/session/passkeys'
import { api, ask, takeSession, type Answer, type Session } from '#pwa/session/session'
import { waitingForPerson } from '#pwa/session/step_up'
import { useCall } from '#pwa/session/use_call'
import { useLoaded } from '#pwa/session/use_loaded'
import { passkeysMissing } from '#pwa/session/webauthn'
import { t } from '#pwa/texts/t'

/** Confirms who one is by what one has: a code, a passkey, or, without either, the password. */
export default function StepUpDialog() {
  const { data: factors, problem: unknown } = useLoaded(() => ask(api.GET('/api/v1/me/factors')))
  const { isBusy, problem, call } = useCall()
  const confirm = async (body: { code: string } | { password: string }) => {
    const answer = await ask(api.POST('/api/v1/session/confirmation', { body }))
    if (answer.data) await takeSession(answer.data)
    return told(answer)
  }
  const told = (answer: Answer<Session>) => {
    if (answer.data) waitingForPerson.value?.answer(true)
    return answer
  }
  const hasGenerator = Boolean(factors.value?.totp_since)
  const hasPasskey = (factors.value?.passkeys ?? 0) > 0
  return (
    <Dialog open title={t('account.step_up.title')} onClose={() => waitingForPerson.value?.answer(false)}>
      <p>{t('account.step_up.why')}</p>
      {unknown.value ? <Refusal problem={unknown.value} /> : null}
      {factors.value || unknown.value ? null : <Spinner label={t('common.loading')} />}
      {hasGenerator ? <CodeForm hint={t('signed_out.code.hint')} prove={(code) => confirm({ code })} /> : null}
      {problem.value ? <Refusal problem={problem.value} /> : null}
      {hasPasskey && !passkeysMissing() ? (
        <Button
          kind={hasGenerator ? 'quiet' : 'primary'}
          icon="passkey"
          busy={isBusy.value}
          onClick={() => void call(async () => told(await confirmByPasskey()))}
        >
          {t('signed_out.passkey.use')}
        </Button>
      ) : null}
      {hasPasskey && !hasGenerator && passkeysMissing() ? <p>{t(`signed_out.passkey.${passkeysMissing()}`)}</p> : null}
      {factors.value && !hasGenerator && !hasPasskey ? <PasswordForm confirm={confirm} /> : null}
    </Dialog>
  )
}

function PasswordForm({ confirm }: { confirm: (body: { password: string }) => Promise<Answer<Session>> }) {
  const password = useSignal('')
  const { isBusy, problem, call } = useCall()
  const submit = async () => void (await call(() => confirm({ password: password.value })))
  return (
    <Form onSubmit={submit} error={problem.value}>
      <PasswordField password={password} />
      <Button type="submit" busy={isBusy.value}>
        {t('account.step_up.submit')}
      </Button>
    </Form>
  )
}
