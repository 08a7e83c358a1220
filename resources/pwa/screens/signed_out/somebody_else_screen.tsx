import { Banner } from '#pwa/design/banner'
import { Button } from '#pwa/design/button'
import { Refusal } from '#pwa/design/form'
import { Page } from '#pwa/design/page'
import { person } from '#pwa/device/vault'
import { signOut } from '#pwa/session/session'
import { useCall } from '#pwa/session/use_call'
import { t } from '#pwa/texts/t'

/** Two people at one device: what one of them recorded is never sent as the other's. */
export default function SomebodyElseScreen() {
  const { isBusy, problem, call } = useCall()
  return (
    <Page title={t('signed_out.somebody_else.title')}>
      <Banner tone="warning">{t('signed_out.somebody_else.detail', { name: person.value?.name ?? '' })}</Banner>
      {problem.value ? <Refusal problem={problem.value} /> : null}
      <Button busy={isBusy.value} onClick={() => void call(signOut)}>
        {t('signed_out.somebody_else.sign_out')}
      </Button>
    </Page>
  )
}
