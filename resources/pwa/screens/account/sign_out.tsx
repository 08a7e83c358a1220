import { Button } from '#pwa/design/button'
import { Refusal } from '#pwa/design/form'
import { vault } from '#pwa/device/vault'
import { sessionStanding, signOut } from '#pwa/session/session'
import { useCall } from '#pwa/session/use_call'
import { t } from '#pwa/texts/t'

/** Whoever has a store here is asked what becomes of it (screens/leaving); nobody else has anything to lose. */
export function SignOut() {
  const { isBusy, problem, call } = useCall()
  if (vault.value === 'open')
    return (
      <p>
        <Button kind="quiet" icon="sign_out" href="/app/leaving">
          {t('account.sign_out')}
        </Button>
      </p>
    )
  if (sessionStanding.value !== 'complete') return null
  return (
    <>
      {problem.value ? <Refusal problem={problem.value} /> : null}
      <p>
        <Button kind="quiet" icon="sign_out" busy={isBusy.value} onClick={() => void call(signOut)}>
          {t('account.sign_out')}
        </Button>
      </p>
    </>
  )
}
