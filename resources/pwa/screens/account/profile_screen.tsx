import { useSignal } from '@preact/signals'
import { Banner } from '#pwa/design/banner'
import { Button } from '#pwa/design/button'
import { Card } from '#pwa/design/card'
import { TextInput } from '#pwa/design/controls'
import { Field } from '#pwa/design/field'
import { Form } from '#pwa/design/form'
import { Page } from '#pwa/design/page'
import { NotSignedIn } from '#pwa/screens/account/not_signed_in'
import { EmailField } from '#pwa/screens/signed_out/email_field'
import { changeProfile } from '#pwa/session/profile'
import { api, ask, ownAccount } from '#pwa/session/session'
import { useCall } from '#pwa/session/use_call'
import { t } from '#pwa/texts/t'

export default function ProfileScreen() {
  return (
    <Page title={t('account.profile.title')} back="/app/me">
      {ownAccount.value ? (
        <>
          <Name />
          <Address />
        </>
      ) : (
        <NotSignedIn />
      )}
    </Page>
  )
}

function Name() {
  const name = useSignal(ownAccount.value?.name ?? '')
  const isSaved = useSignal(false)
  const { isBusy, problem, call } = useCall()
  const save = async () => {
    isSaved.value = (await call(() => changeProfile({ name: name.value }))) !== undefined
  }
  return (
    <Card title={t('account.profile.name')}>
      <Form onSubmit={save} error={problem.value}>
        <Field label={t('signed_out.name')} pointer="name" required>
          <TextInput
            name="name"
            autocomplete="name"
            value={name.value}
            onInput={({ currentTarget }) => {
              name.value = currentTarget.value
              isSaved.value = false
            }}
          />
        </Field>
        <div class="row">
          <Button type="submit" busy={isBusy.value}>
            {t('common.save')}
          </Button>
          <span role="status">{isSaved.value ? t('common.saved') : ''}</span>
        </div>
      </Form>
    </Card>
  )
}

function Address() {
  const email = useSignal('')
  const mailedTo = useSignal<string | null>(null)
  const { isBusy, problem, call } = useCall()
  const request = async () => {
    const mailed = await call(() => ask(api.POST('/api/v1/me/email', { body: { email: email.value } })))
    if (mailed) mailedTo.value = mailed.email
  }
  return (
    <Card title={t('account.email.title')}>
      <p>{t('account.email.now', { email: ownAccount.value?.email ?? '—' })}</p>
      {mailedTo.value ? (
        <Banner tone="success">{t('account.email.mailed', { email: mailedTo.value })}</Banner>
      ) : (
        <Form onSubmit={request} error={problem.value}>
          <EmailField label={t('account.email.new')} hint={t('account.email.hint')} email={email} />
          <Button type="submit" icon="mail" busy={isBusy.value}>
            {t('account.email.submit')}
          </Button>
        </Form>
      )}
    </Card>
  )
}
