import { useSignal } from '@preact/signals'
import { Button } from '#pwa/design/button'
import { Card } from '#pwa/design/card'
import { Page } from '#pwa/design/page'
import { AddPasskey } from '#pwa/screens/account/add_passkey'
import { RecoveryCodes } from '#pwa/screens/account/recovery_codes'
import { TotpSetup } from '#pwa/screens/account/totp_setup'
import { signOut, takeSession, type Session } from '#pwa/session/session'
import { passkeysMissing } from '#pwa/session/webauthn'
import { t } from '#pwa/texts/t'
import '#pwa/screens/signed_out/signed_out.css'

interface Enrolled {
  session: Session
  recovery_codes: string[] | null
}

/** The first factor beside the password, which staff need before anything else. */
export function Enrolment() {
  const way = useSignal<'totp' | 'passkey' | null>(null)
  const enrolled = useSignal<Enrolled | null>(null)
  // The session is complete from here on; but once the screen is gone, nobody sees these codes again.
  const finish = () => takeSession(enrolled.value!.session)
  const take = (change: Enrolled) => {
    if (change.recovery_codes) enrolled.value = change
    else void takeSession(change.session)
  }
  if (enrolled.value)
    return (
      <Page key="codes" title={t('account.recovery.title')}>
        <RecoveryCodes codes={enrolled.value.recovery_codes!} onDone={() => void finish()} />
      </Page>
    )
  if (way.value === 'totp')
    return (
      <Page key="totp" title={t('account.totp.set_up')}>
        <TotpSetup onDone={take} onCancel={() => (way.value = null)} />
      </Page>
    )
  return (
    <Page title={t('signed_out.enrolment.title')}>
      <p>{t('signed_out.enrolment.why')}</p>
      <Card title={t('account.totp.title')}>
        <p>{t('signed_out.enrolment.totp')}</p>
        <Button icon="device" onClick={() => (way.value = 'totp')}>
          {t('account.totp.set_up')}
        </Button>
      </Card>
      <Card title={t('account.passkeys.title')}>
        {passkeysMissing() ? (
          <p>{t(`signed_out.passkey.${passkeysMissing()}`)}</p>
        ) : (
          <>
            <p>{t('signed_out.enrolment.passkey')}</p>
            <AddPasskey onDone={take} />
          </>
        )}
      </Card>
      <button type="button" class="link-button" onClick={() => void signOut()}>
        {t('signed_out.another_account')}
      </button>
    </Page>
  )
}
