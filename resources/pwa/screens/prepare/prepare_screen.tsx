import { useSignal } from '@preact/signals'
import type { ProblemBody } from '#app/sync/protocol'
import { Button } from '#pwa/design/button'
import { TextInput } from '#pwa/design/controls'
import { Field } from '#pwa/design/field'
import { Form } from '#pwa/design/form'
import { Page } from '#pwa/design/page'
import { Banner, Card } from '#pwa/design/surfaces'
import { createVault, SHORTEST_PASSPHRASE } from '#pwa/device/vault'
import { faultOf, PassphrasePair, type Pair } from '#pwa/screens/lock/passphrase_pair'
import { enrolDevice, usualName } from '#pwa/screens/prepare/device_credential'
import { me } from '#pwa/session/session'
import { syncSoon } from '#pwa/sync/sync'
import { t } from '#pwa/texts/t'

/** Before the first work: a passphrase for the store, a credential for sending; the charts load while one begins. */
export default function PrepareScreen() {
  const name = useSignal(usualName())
  const pair = useSignal<Pair>({ first: '', again: '' })
  const standing = useSignal<'untried' | 'faulty' | 'busy' | 'failed'>('untried')
  const problem = useSignal<ProblemBody | null>(null)
  const prepare = async () => {
    const person = me.value
    if (faultOf(pair.value) || !person) return void (standing.value = 'faulty')
    standing.value = 'busy'
    const answer = await enrolDevice(name.value.trim() || usualName())
    problem.value = answer.problem ?? null
    if (!answer.data) return void (standing.value = 'untried')
    try {
      await createVault(pair.value.first, person, answer.data)
      syncSoon()
    } catch {
      // A private window, or a full disk: it keeps nothing, and says so.
      standing.value = 'failed'
    }
  }
  return (
    <Page title={t('lock.prepare.title')}>
      <Card>
        <div class="stack">
          <p>{t('lock.prepare.intro')}</p>
          <Form onSubmit={prepare} error={problem.value}>
            {standing.value === 'failed' && <Banner tone="danger">{t('lock.prepare.failed')}</Banner>}
            <PassphrasePair
              label={t('lock.passphrase')}
              hint={t('lock.prepare.hint', { count: SHORTEST_PASSPHRASE })}
              pair={pair}
              isTold={standing.value === 'faulty'}
            />
            <Field label={t('lock.prepare.name')} hint={t('lock.prepare.name.hint')} pointer="name" required>
              <TextInput
                maxLength={160}
                autocomplete="off"
                value={name.value}
                onInput={({ currentTarget }) => (name.value = currentTarget.value)}
              />
            </Field>
            <Button type="submit" icon="device" busy={standing.value === 'busy'}>
              {t('lock.prepare.action')}
            </Button>
          </Form>
        </div>
      </Card>
    </Page>
  )
}
