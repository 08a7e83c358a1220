import { useState } from 'preact/hooks'
import { Button } from '#pwa/design/button'
import { TextArea } from '#pwa/design/controls'
import { Dialog } from '#pwa/design/dialog'
import { Field } from '#pwa/design/field'
import { write } from '#pwa/device/outbox'
import type { Held } from '#pwa/device/types'
import { useBusy } from '#pwa/screens/consultation/use_busy'
import { t } from '#pwa/texts/t'

export function CancelDialog({ isOpen, held, onClose }: { isOpen: boolean; held: Held; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<string>()
  const [isBusy, during] = useBusy()
  const cancel = () =>
    during(async () => {
      if (!reason.trim()) return setProblem(t('consultation.needs_reason'))
      await write({ name: 'consultations.cancel', id: held.id, scope: held.scope, data: { reason: reason.trim() } })
      onClose()
    })
  const actions = (
    <>
      <Button kind="danger" busy={isBusy} onClick={() => void cancel()}>
        {t('consultation.cancel_confirm')}
      </Button>
      <Button kind="quiet" onClick={onClose}>
        {t('consultation.go_back')}
      </Button>
    </>
  )
  return (
    <Dialog open={isOpen} title={t('consultation.cancel_title')} onClose={onClose} actions={actions}>
      <div class="stack">
        <p>{t('consultation.cancel_explained')}</p>
        <Field label={t('consultation.cancel_reason')} error={problem} required>
          <TextArea value={reason} onInput={(event) => setReason(event.currentTarget.value)} />
        </Field>
      </div>
    </Dialog>
  )
}
