import { useSignal } from '@preact/signals'
import { Banner } from '#pwa/design/banner'
import { Button } from '#pwa/design/button'
import { TextInput } from '#pwa/design/controls'
import { Field } from '#pwa/design/field'
import { Form } from '#pwa/design/form'
import { Page } from '#pwa/design/page'
import { NewPasswordField } from '#pwa/screens/signed_out/new_password_field'
import type { Answer } from '#pwa/session/ask'
import { useLinkToken } from '#pwa/session/link_token'
import { useCall } from '#pwa/session/use_call'
import { t } from '#pwa/texts/t'

interface PasswordByLinkProps {
  about: 'new_password' | 'invitation' | 'registration'
  /** Whoever registers says who they are; the others are known. */
  asksName?: boolean
  submit: (body: { token: string; name: string; password: string }) => Promise<Answer<unknown>>
}

/** A password chosen by whoever holds a mailed link. Nobody is signed in by that. */
export function PasswordByLink({ about, asksName = false, submit }: PasswordByLinkProps) {
  const token = useLinkToken()
  const [name, password, isDone] = [useSignal(''), useSignal(''), useSignal(false)]
  const { isBusy, problem, call } = useCall()
  const send = async () => {
    const body = { token: token!, name: name.value, password: password.value }
    isDone.value = (await call(() => submit(body))) !== undefined
  }
  return (
    <Page title={t(`signed_out.${about}.title`)}>
      {isDone.value ? (
        <>
          <Banner tone="success">{t(`signed_out.${about}.done`)}</Banner>
          <p>
            <Button href="/app/sign-in">{t('signed_out.sign_in.title')}</Button>
          </p>
        </>
      ) : token ? (
        <Form onSubmit={send} error={problem.value}>
          <p>{t(`signed_out.${about}.intro`)}</p>
          {asksName ? (
            <Field label={t('signed_out.name')} pointer="name" required>
              <TextInput
                name="name"
                autocomplete="name"
                value={name.value}
                onInput={({ currentTarget }) => (name.value = currentTarget.value)}
              />
            </Field>
          ) : null}
          <NewPasswordField password={password} />
          <Button type="submit" busy={isBusy.value}>
            {t('signed_out.new_password.submit')}
          </Button>
        </Form>
      ) : (
        <IncompleteLink />
      )}
    </Page>
  )
}

/** The part behind the `#` was lost on the way, or the page was loaded again after it was taken out. */
export function IncompleteLink() {
  return (
    <>
      <Banner tone="warning">{t('signed_out.link.incomplete')}</Banner>
      <p>
        <a href="/app/sign-in">{t('signed_out.sign_in.title')}</a>
      </p>
    </>
  )
}
