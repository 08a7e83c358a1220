import { Button } from '#pwa/design/button'
import { EmptyState } from '#pwa/design/empty_state'
import { t } from '#pwa/texts/t'

export default function FailedScreen() {
  return (
    <EmptyState icon="warning" title={t('common.failed.title')}>
      <p>{t('common.failed.detail')}</p>
      <p>
        <Button icon="sync" onClick={() => location.reload()}>
          {t('common.failed.reload')}
        </Button>
      </p>
    </EmptyState>
  )
}
