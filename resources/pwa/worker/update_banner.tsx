import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { Banner } from '#pwa/design/banner'
import { Button } from '#pwa/design/button'
import { hasUnsavedForms } from '#pwa/worker/unsaved'
import { isOfflineReady, takeUpdate, updateWaits } from '#pwa/worker/register'
import { t } from '#pwa/texts/t'

/** Offers the new version; it is taken when the person says so, and never over something typed that is not kept. */
export function UpdateBanner() {
  const isHeldBack = useSignal(false)
  if (!updateWaits.value) return isOfflineReady.value ? <OfflineReady /> : null
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

const LONG_ENOUGH = 6_000

/** Good to know once; it goes by itself. */
function OfflineReady() {
  useEffect(() => {
    const timer = setTimeout(() => (isOfflineReady.value = false), LONG_ENOUGH)
    return () => clearTimeout(timer)
  }, [])
  return <Banner tone="success">{t('sync.update.offline_ready')}</Banner>
}
