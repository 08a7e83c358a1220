import { useSignal } from '@preact/signals'
import { Banner } from '#pwa/design/banner'
import { Button } from '#pwa/design/button'
import { Form } from '#pwa/design/form'
import { Page } from '#pwa/design/page'
import { IncompleteLink } from '#pwa/screens/signed_out/password_by_link'
import { useLinkToken } from '#pwa/session/link_token'
import { api, ask, refreshSession } from '#pwa/session/session'
import { useCall } from '#pwa/session/use_call'
import { t } from '#pwa/texts/t'

/** Confirmed by a press and not by opening it: programs that look through mails open links. */
export default function EmailChangeScreen() {
  const token = useLinkToken()
  const isDone = useSignal(false)
  const { isBusy, problem, call } = useCall()
  const confirm = async () => {
    const changed = await call(() => ask(api.POST('/api/v1/email-changes/confirmation', { body: { token: token! } })))
    isDone.value = changed !== undefined
    if (changed) void refreshSession()
  }
  return (
    <Page title={t('signed_out.email_change.title')}>
      {isDone.value ? (
        <>
          <Banner tone="success">{t('signed_out.email_change.done')}</Banner>
          <p>
            <Button href="/app/">{t('common.go_on')}</Button>
          </p>
        </>
      ) : token ? (
        <Form onSubmit={confirm} error={problem.value}>
          <p>{t('signed_out.email_change.intro')}</p>
          <Button type="submit" busy={isBusy.value}>
            {t('signed_out.email_change.submit')}
          </Button>
        </Form>
      ) : (
        <IncompleteLink />
      )}
    </Page>
  )
}
