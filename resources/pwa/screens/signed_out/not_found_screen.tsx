import { Button } from '#pwa/design/button'
import { EmptyState } from '#pwa/design/empty_state'
import { Page } from '#pwa/design/page'
import { t } from '#pwa/texts/t'

export default function NotFoundScreen() {
  return (
    <Page title={t('common.not_found.title')}>
      <EmptyState icon="search" title={t('common.not_found.detail')}>
        <Button href="/app/" icon="home">
          {t('common.not_found.home')}
        </Button>
      </EmptyState>
    </Page>
  )
}
