import { Page } from '#pwa/design/page'
import { Banner } from '#pwa/design/surfaces'
import { isUnsent } from '#pwa/screens/outbox/describe_item'
import { useOutbox } from '#pwa/screens/outbox/use_outbox'
import { EraseDevice } from '#pwa/screens/revoked/erase_device'
import { t } from '#pwa/texts/t'

/** The server takes nothing of this device any more: what it still holds goes to an administrator, then its key goes. */
export default function RevokedScreen() {
  const unsent = useOutbox()?.filter(isUnsent)
  return (
    <Page title={t('sync.revoked.title')}>
      <Banner tone="danger">{t('sync.revoked.intro')}</Banner>
      {unsent && <EraseDevice unsent={unsent.length} />}
    </Page>
  )
}
