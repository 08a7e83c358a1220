import { useSignal } from '@preact/signals'
import { useLocation } from 'preact-iso'
import { Button } from '#pwa/design/button'
import { Page } from '#pwa/design/page'
import { Banner, Card } from '#pwa/design/surfaces'
import { lock, vault } from '#pwa/device/vault'
import { ForgetDevice } from '#pwa/screens/leaving/forget_device'
import { UnsentCard } from '#pwa/screens/leaving/unsent_card'
import { isUnsent } from '#pwa/screens/outbox/describe_item'
import { useOutbox } from '#pwa/screens/outbox/use_outbox'
import { signOut } from '#pwa/session/session'
import { t } from '#pwa/texts/t'

/** Signing out where a device holds charts: what is not sent is sent, exported or kept; it is never dropped. */
export default function LeavingScreen() {
  const unsent = useOutbox()?.filter(isUnsent)
  const isBusy = useSignal(false)
  const { route } = useLocation()
  const leave = async (before: () => void | Promise<void>) => {
    isBusy.value = true
    await before()
    await signOut()
    route('/app/', true)
  }
  const holdsCharts = vault.value === 'open'
  return (
    <Page title={t('sync.leaving.title')} back="/app/me">
      {unsent && <Standing unsent={unsent.length} />}
      <Card>
        <div class="stack">
          <div class="stack-close">
            <Button icon={holdsCharts ? 'lock' : 'sign_out'} busy={isBusy.value} onClick={() => void leave(lock)}>
              {t(holdsCharts ? 'sync.leaving.keep' : 'sync.leaving.title')}
            </Button>
            {holdsCharts && <p class="quiet small">{t('sync.leaving.keep.hint')}</p>}
          </div>
          {holdsCharts && <ForgetDevice isPossible={unsent?.length === 0} onForget={leave} />}
          <Button kind="quiet" href="/app/me">
            {t('sync.leaving.cancel')}
          </Button>
        </div>
      </Card>
    </Page>
  )
}

function Standing({ unsent }: { unsent: number }) {
  if (unsent > 0) return <UnsentCard count={unsent} />
  return <Banner tone="success">{t('sync.leaving.all_sent')}</Banner>
}
