import { useSignal } from '@preact/signals'
import { Button } from '#pwa/design/button'
import { Checkbox } from '#pwa/design/controls'
import { Dialog } from '#pwa/design/dialog'
import { Banner } from '#pwa/design/surfaces'
import { destroyVault } from '#pwa/device/vault'
import { t } from '#pwa/texts/t'

/** Nobody can open the store without it: the only way on is to erase it, by somebody who knows what that means. */
export function ForgottenPassphrase() {
  const isAsked = useSignal(false)
  const isUnderstood = useSignal(false)
  const close = () => {
    isAsked.value = false
    isUnderstood.value = false
  }
  return (
    <>
      <Button kind="quiet" onClick={() => (isAsked.value = true)}>
        {t('lock.unlock.forgotten')}
      </Button>
      <Dialog
        open={isAsked.value}
        title={t('lock.forgotten.title')}
        onClose={close}
        actions={
          <>
            <Button kind="quiet" onClick={close}>
              {t('lock.cancel')}
            </Button>
            <Button
              kind="danger"
              disabled={!isUnderstood.value}
              onClick={() => void destroyVault({ evenUnsent: true })}
            >
              {t('lock.forgotten.erase')}
            </Button>
          </>
        }
      >
        <div class="stack">
          <p>{t('lock.forgotten.text')}</p>
          <Banner tone="warning">{t('lock.forgotten.unsent')}</Banner>
          <Checkbox
            label={t('lock.forgotten.sure')}
            checked={isUnderstood.value}
            onChange={({ currentTarget }) => (isUnderstood.value = currentTarget.checked)}
          />
        </div>
      </Dialog>
    </>
  )
}
