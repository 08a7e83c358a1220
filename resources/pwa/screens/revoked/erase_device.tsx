import { useSignal } from '@preact/signals'
import { useLocation } from 'preact-iso'
import { Button } from '#pwa/design/button'
import { Dialog } from '#pwa/design/dialog'
import { Banner, Card } from '#pwa/design/surfaces'
import { destroyVault } from '#pwa/device/vault'
import { saveUnsent } from '#pwa/screens/outbox/save_file'
import { t } from '#pwa/texts/t'

/** First the export, then the key: the order is what keeps the work. */
export function EraseDevice({ unsent }: { unsent: number }) {
  const wasExported = useSignal(false)
  const isAsked = useSignal(false)
  const { route } = useLocation()
  const isHeldBack = unsent > 0 && !wasExported.value
  const save = async () => {
    await saveUnsent()
    wasExported.value = true
  }
  const erase = async () => {
    await destroyVault({ evenUnsent: true })
    route('/app/', true)
  }
  const close = () => (isAsked.value = false)
  return (
    <Card>
      <div class="stack">
        <p>{unsent > 0 ? t('sync.revoked.unsent', { count: unsent }) : t('sync.revoked.nothing')}</p>
        {unsent > 0 && (
          <Button icon="download" onClick={() => void save()}>
            {t('sync.revoked.export')}
          </Button>
        )}
        {wasExported.value && <Banner tone="success">{t('sync.leaving.exported')}</Banner>}
        <Button kind="danger" icon="trash" disabled={isHeldBack} onClick={() => (isAsked.value = true)}>
          {t('sync.revoked.erase')}
        </Button>
        {isHeldBack && <p class="quiet small">{t('sync.revoked.erase.first_export')}</p>}
      </div>
      <Dialog
        open={isAsked.value}
        title={t('sync.revoked.erase.sure')}
        onClose={close}
        actions={
          <>
            <Button kind="quiet" onClick={close}>
              {t('sync.cancel')}
            </Button>
            <Button kind="danger" onClick={() => void erase()}>
              {t('sync.revoked.erase')}
            </Button>
          </>
        }
      >
        <p>{t('sync.revoked.erase.sure_text')}</p>
      </Dialog>
    </Card>
  )
}
