import { useSignal } from '@preact/signals'
import { Button } from '#pwa/design/button'
import { Dialog } from '#pwa/design/dialog'
import { destroyVault } from '#pwa/device/vault'
import { t } from '#pwa/texts/t'

interface ForgetDeviceProps {
  isPossible: boolean
  onForget: (before: () => Promise<void>) => Promise<void>
}

/** Deletes key and charts; only where nothing would be lost, and never by one tap. */
export function ForgetDevice({ isPossible, onForget }: ForgetDeviceProps) {
  const isAsked = useSignal(false)
  const close = () => (isAsked.value = false)
  return (
    <div class="stack-close">
      <Button kind="danger" icon="trash" disabled={!isPossible} onClick={() => (isAsked.value = true)}>
        {t('sync.leaving.forget')}
      </Button>
      <p class="quiet small">{t('sync.leaving.forget.hint')}</p>
      <Dialog
        open={isAsked.value}
        title={t('sync.leaving.forget.sure')}
        onClose={close}
        actions={
          <>
            <Button kind="quiet" onClick={close}>
              {t('sync.cancel')}
            </Button>
            <Button kind="danger" onClick={() => void onForget(destroyVault)}>
              {t('sync.leaving.forget')}
            </Button>
          </>
        }
      >
        <p>{t('sync.leaving.forget.sure_text')}</p>
      </Dialog>
    </div>
  )
}
