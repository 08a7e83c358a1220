import { Banner } from '#pwa/design/banner'
import { Button } from '#pwa/design/button'
import { Refusal } from '#pwa/design/form'
import { Page } from '#pwa/design/page'
import { vault } from '#pwa/device/vault'
import { Sure } from '#pwa/screens/account/sure'
import { api, ask, takeSession } from '#pwa/session/session'
import { useCall } from '#pwa/session/use_call'
import { t } from '#pwa/texts/t'

/** Closing the own account. Charts are the clinic's to keep; only the way in goes. */
export default function ClosureScreen() {
  const { isBusy, problem, call } = useCall()
  const close = async () => {
    if (await call(() => ask(api.POST('/api/v1/me/closure')))) await takeSession(null)
  }
  // What a device has not sent, nobody could send afterwards.
  const holdsCharts = vault.value === 'open'
  return (
    <Page title={t('account.closure.title')} back="/app/me">
      <Banner tone="warning">{t(holdsCharts ? 'account.closure.device' : 'account.closure.what')}</Banner>
      {problem.value ? <Refusal problem={problem.value} /> : null}
      <p>
        {holdsCharts ? (
          <Button href="/app/leaving">{t('account.closure.leave')}</Button>
        ) : (
          <Sure
            label={t('account.closure.title')}
            question={t('account.closure.sure')}
            busy={isBusy.value}
            onSure={close}
          />
        )}
      </p>
    </Page>
  )
}
