import { Page } from '#pwa/design/page'
import { Card } from '#pwa/design/surfaces'
import { ForgottenPassphrase } from '#pwa/screens/lock/forgotten_passphrase'
import { UnlockForm } from '#pwa/screens/lock/unlock_form'
import { t } from '#pwa/texts/t'

/** What a locked device shows, whatever address was asked for: once it is open, that address is shown. */
export default function UnlockScreen() {
  return (
    <Page title={t('lock.unlock.title')}>
      <Card>
        <div class="stack">
          <p>{t('lock.unlock.intro')}</p>
          <UnlockForm />
          <ForgottenPassphrase />
        </div>
      </Card>
    </Page>
  )
}
