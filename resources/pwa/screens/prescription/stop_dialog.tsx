import { Button } from '#pwa/design/button'
import { Dialog } from '#pwa/design/dialog'
import { write } from '#pwa/device/outbox'
import type { Held } from '#pwa/device/types'
import { consultationIdOf, prescriptionOf } from '#pwa/screens/consultation/records_shown'
import { useBusy } from '#pwa/screens/consultation/use_busy'
import { t } from '#pwa/texts/t'

export function StopDialog({ isOpen, held, onClose }: { isOpen: boolean; held: Held; onClose: () => void }) {
  const [isBusy, during] = useBusy()
  const stop = () =>
    during(async () => {
      const data = { consultation: consultationIdOf(held) }
      await write({ name: 'prescriptions.stop', id: held.id, scope: held.scope, data })
      onClose()
    })
  const actions = (
    <>
      <Button kind="danger" busy={isBusy} onClick={() => void stop()}>
        {t('prescription.stop_confirm')}
      </Button>
      <Button kind="quiet" onClick={onClose}>
        {t('consultation.go_back')}
      </Button>
    </>
  )
  const title = t('prescription.stop_title', { medicine: prescriptionOf(held).medicine ?? '' })
  return (
    <Dialog open={isOpen} title={title} onClose={onClose} actions={actions}>
      <p>{t('prescription.stop_explained')}</p>
    </Dialog>
  )
}
