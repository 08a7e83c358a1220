import { useSignal } from '@preact/signals'
import { Button } from '#pwa/design/button'
import { t } from '#pwa/texts/t'

export function CopyButton({ text }: { text: string }) {
  const isCopied = useSignal(false)
  // Without TLS a page may not write to the clipboard; the text stands there to be chosen by hand.
  if (!navigator.clipboard) return null
  return (
    <span class="row">
      <Button
        kind="quiet"
        icon="copy"
        onClick={async () => {
          await navigator.clipboard.writeText(text)
          isCopied.value = true
        }}
      >
        {t('common.copy')}
      </Button>
      <span role="status">{isCopied.value ? t('common.copied') : ''}</span>
    </span>
  )
}
