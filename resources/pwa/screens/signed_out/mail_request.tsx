import { useSignal } from '@preact/signals'
import { Banner } from '#pwa/design/banner'
import { Button } from '#pwa/design/button'
import { Form } from '#pwa/design/form'
import { Page } from '#pwa/design/page'
import { EmailField } from '#pwa/screens/signed_out/email_field'
import { typedEmail } from '#pwa/screens/signed_out/typed_email'
import type { Answer } from '#pwa/session/ask'
import { useCall } from '#pwa/session/use_call'
import { language, t, type Language } from '#pwa/texts/t'

interface MailRequestProps {
  about: 'forgotten' | 'register'
  request: (email: string, language: Language) => Promise<Answer<{ email: string }>>
}

/** Asks for a link by e-mail. The answer is the same whether the address is known, and so is this screen. */
export function MailRequest({ about, request }: MailRequestProps) {
  const { isBusy, problem, call } = useCall()
  const mailedTo = useSignal<string | null>(null)
  const submit = async () => {
    const mailed = await call(() => request(typedEmail.value, language.value))
    if (mailed) mailedTo.value = mailed.email
  }
  return (
    <Page title={t(`signed_out.${about}.title`)} back="/app/sign-in">
      {mailedTo.value ? (
        <>
          <Banner tone="success">{t(`signed_out.${about}.mailed`, { email: mailedTo.value })}</Banner>
          <p>{t('signed_out.mailed.hint')}</p>
        </>
      ) : (
        <Form onSubmit={submit} error={problem.value}>
          <p>{t(`signed_out.${about}.intro`)}</p>
          <EmailField email={typedEmail} />
          <Button type="submit" icon="mail" busy={isBusy.value}>
            {t('signed_out.mailed.submit')}
          </Button>
        </Form>
      )}
    </Page>
  )
}
