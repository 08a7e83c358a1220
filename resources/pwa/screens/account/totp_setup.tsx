import { Button } from '#pwa/design/button'
import { Refusal } from '#pwa/design/form'
import { Spinner } from '#pwa/design/spinner'
import { CopyButton } from '#pwa/screens/account/copy_button'
import { useTop } from '#pwa/screens/account/use_top'
import { CodeForm } from '#pwa/screens/signed_out/code_form'
import { api, ask } from '#pwa/session/session'
import { useLoaded } from '#pwa/session/use_loaded'
import type { components } from '#pwa/api/schema'
import { t } from '#pwa/texts/t'
import '#pwa/screens/account/account.css'

interface TotpSetupProps {
  onDone: (change: components['schemas']['FactorChange']) => void
  onCancel: () => void
}

/** A code generator: scanned, opened on this phone, or typed; then confirmed by its first code. */
export function TotpSetup({ onDone, onCancel }: TotpSetupProps) {
  const { data: made, problem } = useLoaded(() => ask(api.POST('/api/v1/me/totp')))
  useTop()
  const confirm = async (code: string) => {
    const answer = await ask(api.POST('/api/v1/me/totp/confirmation', { body: { code } }))
    if (answer.data) onDone(answer.data)
    return answer
  }
  if (problem.value) return <Refusal problem={problem.value} />
  if (!made.value) return <Spinner label={t('common.loading')} />
  const { qr_svg, secret, uri } = made.value
  return (
    <>
      <p>{t('account.totp.scan')}</p>
      <div
        class="account-qr"
        role="img"
        aria-label={t('account.totp.qr')}
        dangerouslySetInnerHTML={{ __html: qr_svg }}
      />
      <p>
        <a href={uri}>{t('account.totp.open_here')}</a>
      </p>
      <p>{t('account.totp.type')}</p>
      <p class="account-secret digits">{secret.replace(/(.{4})(?=.)/g, '$1 ')}</p>
      <CopyButton text={secret} />
      <CodeForm hint={t('account.totp.first_code')} prove={confirm} />
      <p>
        <Button kind="quiet" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
      </p>
    </>
  )
}
