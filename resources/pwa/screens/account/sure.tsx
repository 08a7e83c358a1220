import { useSignal } from '@preact/signals'
import { Button } from '#pwa/design/button'
import { Dialog } from '#pwa/design/dialog'
import { t } from '#pwa/texts/t'

interface SureProps {
  label: string
  question: string
  busy?: boolean
  onSure: () => void | Promise<void>
}

/** A button for what is not undone by pressing another: it asks before. */
export function Sure({ label, question, busy, onSure }: SureProps) {
  const isAsked = useSignal(false)
  return (
    <>
      <Button kind="quiet" busy={busy} onClick={() => (isAsked.value = true)}>
        {label}
      </Button>
      <Dialog
        open={isAsked.value}
        title={label}
        onClose={() => (isAsked.value = false)}
        actions={
          <>
            <Button kind="quiet" onClick={() => (isAsked.value = false)}>
              {t('common.cancel')}
            </Button>
            <Button
              kind="danger"
              onClick={() => {
                isAsked.value = false
                void onSure()
              }}
            >
              {label}
            </Button>
          </>
        }
      >
        <p>{question}</p>
      </Dialog>
    </>
  )
}
