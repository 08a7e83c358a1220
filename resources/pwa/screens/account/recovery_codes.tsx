import { useSignal } from '@preact/signals'
import { Banner } from '#pwa/design/banner'
import { Button } from '#pwa/design/button'
import { Checkbox } from '#pwa/design/controls'
import { CopyButton } from '#pwa/screens/account/copy_button'
import { useTop } from '#pwa/screens/account/use_top'
import { t } from '#pwa/texts/t'
import '#pwa/screens/account/account.css'

/** Told this once. */
export function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const areKept = useSignal(false)
  useTop()
  return (
    <>
      <Banner tone="warning">{t('account.recovery.once')}</Banner>
      <p>{t('account.recovery.use')}</p>
      <ol class="account-codes digits">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div class="row">
        <Button kind="quiet" icon="print" onClick={() => print()}>
          {t('common.print')}
        </Button>
        <CopyButton text={codes.join('\n')} />
      </div>
      <Checkbox
        label={t('account.recovery.kept')}
        checked={areKept.value}
        onChange={({ currentTarget }) => (areKept.value = currentTarget.checked)}
      />
      <p>
        <Button disabled={!areKept.value} onClick={onDone}>
          {t('common.go_on')}
        </Button>
      </p>
    </>
  )
}
