import { Banner } from '#pwa/design/banner'
import { Refusal } from '#pwa/design/form'
import { Page } from '#pwa/design/page'
import { Sure } from '#pwa/screens/account/sure'
import { api, ask, takeSession } from '#pwa/session/session'
import { useCall } from '#pwa/session/use_call'
import { t } from '#pwa/texts/t'

/** Closing the own account. The chart is the clinic's to keep; only the way in goes. */
export default function ClosureScreen() {
  const { isBusy, problem, call } = useCall()
  const close = async () => {
    if (!(await call(() => ask(api.POST('/api/v1/me/closure'))))) return
    await takeSession(null)
  }
  return (
    <Page title={t('account.closure.title')} back="/app/me">
      <Banner tone="warning">{t('account.closure.what')}</Banner>
      {problem.value ? <Refusal problem={problem.value} /> : null}
      <p>
        <Sure
          label={t('account.closure.title')}
          question={t('account.closure.sure')}
          busy={isBusy.value}
          onSure={close}
        />
      </p>
    </Page>
  )
}
