import { useEffect, useRef } from 'preact/hooks'
import { Button } from '#pwa/design/button'
import { Refusal } from '#pwa/design/form'
import { signInByPasskey } from '#pwa/session/passkeys'
import { useCall } from '#pwa/session/use_call'
import { canSuggestPasskeys, passkeysMissing } from '#pwa/session/webauthn'
import { t } from '#pwa/texts/t'

/** An offer of the server is good for five minutes. */
const RENEWED_AFTER = 4 * 60_000

/** By a button, and in the field of the address where the browser suggests it; where neither can be, it says why. */
export function PasskeySignIn() {
  const { isBusy, problem, call } = useCall()
  const suggestion = useRef<AbortController | null>(null)
  useEffect(() => {
    const suggest = async () => {
      suggestion.current?.abort()
      if (!(await canSuggestPasskeys())) return
      suggestion.current = new AbortController()
      // Whoever types the password instead is not told what became of it.
      void signInByPasskey(suggestion.current.signal, true)
    }
    void suggest()
    const timer = setInterval(() => void suggest(), RENEWED_AFTER)
    return () => {
      clearInterval(timer)
      suggestion.current?.abort()
    }
  }, [])
  const missing = passkeysMissing()
  if (missing) return <p class="quiet small">{t(`signed_out.passkey.${missing}`)}</p>
  return (
    <div class="stack">
      <p class="signed-out-or">{t('signed_out.or')}</p>
      {problem.value ? <Refusal problem={problem.value} /> : null}
      <Button
        kind="quiet"
        icon="passkey"
        busy={isBusy.value}
        onClick={() => {
          suggestion.current?.abort()
          void call(() => signInByPasskey())
        }}
      >
        {t('signed_out.passkey.use')}
      </Button>
    </div>
  )
}
