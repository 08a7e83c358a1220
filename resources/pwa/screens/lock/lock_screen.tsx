import { useSignal } from '@preact/signals'
import { Button } from '#pwa/design/button'
import { Field } from '#pwa/design/field'
import { Form } from '#pwa/design/form'
import { Page } from '#pwa/design/page'
import { PasswordInput } from '#pwa/design/password_input'
import { Banner, Card } from '#pwa/design/surfaces'
import { changePassphrase, lock } from '#pwa/device/vault'
import { faultOf, PassphrasePair, type Pair } from '#pwa/screens/lock/passphrase_pair'
import { t } from '#pwa/texts/t'

/** This device: locking it now, and its passphrase. */
export default function LockScreen() {
  return (
    <Page title={t('lock.settings.title')} back="/app/me">
      <Card>
        <div class="stack-close">
          <Button icon="lock" onClick={lock}>
            {t('lock.lock_now')}
          </Button>
          <p class="quiet small">{t('lock.lock_now.hint')}</p>
        </div>
      </Card>
      <Card title={t('lock.change.title')}>
        <ChangePassphrase />
      </Card>
    </Page>
  )
}

const NOTHING: Pair = { first: '', again: '' }

function ChangePassphrase() {
  const old = useSignal('')
  const pair = useSignal(NOTHING)
  const outcome = useSignal<'untried' | 'faulty' | 'busy' | 'wrong' | 'done'>('untried')
  const change = async () => {
    if (faultOf(pair.value)) return void (outcome.value = 'faulty')
    outcome.value = 'busy'
    const isRight = await changePassphrase(old.value, pair.value.first)
    outcome.value = isRight ? 'done' : 'wrong'
    old.value = ''
    if (isRight) pair.value = NOTHING
  }
  return (
    <Form onSubmit={change}>
      {outcome.value === 'done' && <Banner tone="success">{t('lock.change.done')}</Banner>}
      <Field
        label={t('lock.change.old')}
        error={outcome.value === 'wrong' ? t('lock.unlock.wrong') : undefined}
        required
      >
        <PasswordInput
          autocomplete="current-password"
          value={old.value}
          onInput={({ currentTarget }) => (old.value = currentTarget.value)}
        />
      </Field>
      <PassphrasePair label={t('lock.change.next')} pair={pair} isTold={outcome.value === 'faulty'} />
      <Button type="submit" busy={outcome.value === 'busy'}>
        {t('lock.change.action')}
      </Button>
    </Form>
  )
}
