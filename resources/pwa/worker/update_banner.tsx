import { useSignal } from '@preact/signals'
import { Banner } from '#pwa/design/banner'
import { Button } from '#pwa/design/button'
import { hasUnsavedForms } from '#pwa/worker/unsaved'
import { isOfflineReady, takeUpdate, updateWaits } from '#pwa/worker/register'
import { t } from '#pwa/texts/t'

/** Offers the new version; it is taken when the person says so, and never over something typed that is not kept. */
export function UpdateBanner() {
  const isHeldBack = useSignal(false)
  if (isOfflineReady.value) return <OfflineReady />
  if (!updateWaits.value) return null
  const update = () => {
    isHeldBack.value = hasUnsavedForms()
    if (!isHeldBack.value) void takeUpdate()
  }
  return (
    <Banner tone="info" action={<Button onClick={update}>{t('sync.update.reload')}</Button>}>
      {t(isHeldBack.value ? 'sync.update.unsaved' : 'sync.update.ready')}
    </Banner>
  )
}

function OfflineReady() {
  const close = () => (isOfflineReady.value = false)
  return (
    <Banner
      tone="success"
      action={
        <Button kind="quiet" onClick={close}>
          {t('sync.update.close')}
        </Button>
      }
    >
      {t('sync.update.offline_ready')}
    </Banner>
  )
}
