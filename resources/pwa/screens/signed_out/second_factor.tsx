import { useSignal } from '@preact/signals'
import { Button } from '#pwa/design/button'
import { Refusal } from '#pwa/design/form'
import { Page } from '#pwa/design/page'
import { CodeForm } from '#pwa/screens/signed_out/code_form'
import { RecoveryCodeForm } from '#pwa/screens/signed_out/recovery_code_form'
import { confirmByPasskey } from '#pwa/session/passkeys'
import { api, ask, signOut, takeSession } from '#pwa/session/session'
import { useCall } from '#pwa/session/use_call'
import { useLoaded } from '#pwa/session/use_loaded'
import { passkeysMissing } from '#pwa/session/webauthn'
import { t } from '#pwa/texts/t'
import '#pwa/screens/signed_out/signed_out.css'

/** Whoever has shown the first factor shows the second: a code, a passkey, or a code from the paper. */
export function SecondFactor() {
  const { data: factors } = useLoaded(() => ask(api.GET('/api/v1/me/factors')))
  const isByPaper = useSignal(false)
  const { isBusy, problem, call } = useCall()
  const prove = async (body: { code: string } | { recovery_code: string }) => {
    const answer = await ask(api.POST('/api/v1/session/second-factor', { body }))
    if (answer.data) await takeSession(answer.data)
    return answer
  }
  const hasPasskey = (factors.value?.passkeys ?? 0) > 0 && !passkeysMissing()
  const hasGenerator = factors.value === null || factors.value.totp_since !== null
  return (
    <Page title={t('signed_out.second_factor.title')}>
      {isByPaper.value ? (
        <RecoveryCodeForm prove={(recovery_code) => prove({ recovery_code })} />
      ) : hasGenerator ? (
        <CodeForm hint={t('signed_out.code.hint')} prove={(code) => prove({ code })} />
      ) : null}
      {problem.value ? <Refusal problem={problem.value} /> : null}
      {hasPasskey ? (
        <Button kind="quiet" icon="passkey" busy={isBusy.value} onClick={() => void call(confirmByPasskey)}>
          {t('signed_out.passkey.use')}
        </Button>
      ) : null}
      <ul class="signed-out-links">
        <li>
          <button type="button" class="link-button" onClick={() => (isByPaper.value = !isByPaper.value)}>
            {t(isByPaper.value ? 'signed_out.code.instead' : 'signed_out.recovery.instead')}
          </button>
        </li>
        <li>
          <button type="button" class="link-button" onClick={() => void signOut()}>
            {t('signed_out.another_account')}
          </button>
        </li>
      </ul>
    </Page>
  )
}
