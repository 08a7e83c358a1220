import { useSignal } from '@preact/signals'
import { Button } from '#pwa/design/button'
import { Card } from '#pwa/design/card'
import { Choice, Select, TextInput } from '#pwa/design/controls'
import { Field } from '#pwa/design/field'
import { Form } from '#pwa/design/form'
import { Abilities } from '#pwa/screens/account/abilities'
import { api, ask } from '#pwa/session/session'
import { useCall } from '#pwa/session/use_call'
import { t } from '#pwa/texts/t'

const DAY = 86_400
const LIVES = [7, 30, 90, 365]

export function MakeToken({ onMade }: { onMade: (value: string) => void }) {
  const [name, days, reach] = [useSignal(''), useSignal('30'), useSignal('all')]
  const abilities = useSignal<string[]>([])
  const { isBusy, problem, call } = useCall()
  const submit = async () => {
    const body = {
      name: name.value,
      abilities: reach.value === 'all' ? ['*'] : abilities.value,
      expires_in: Number(days.value) * DAY,
    }
    const made = await call(() => ask(api.POST('/api/v1/me/tokens', { body })))
    if (!made) return
    onMade(made.value)
    name.value = ''
  }
  return (
    <Card title={t('account.tokens.make')}>
      <Form onSubmit={submit} error={problem.value}>
        <Field label={t('account.tokens.name')} hint={t('account.tokens.name_hint')} pointer="name" required>
          <TextInput
            name="name"
            value={name.value}
            onInput={({ currentTarget }) => (name.value = currentTarget.value)}
          />
        </Field>
        <Field label={t('account.tokens.life')} pointer="expires_in" required>
          <Select
            name="life"
            value={days.value}
            options={LIVES.map((count) => ({ value: String(count), label: t('account.tokens.days', { count }) }))}
            onChange={({ currentTarget }) => (days.value = currentTarget.value)}
          />
        </Field>
        <Field label={t('account.tokens.reach')} pointer="abilities" required>
          <Choice
            name="reach"
            value={reach.value}
            options={['all', 'some'].map((value) => ({ value, label: t(`account.tokens.reach.${value}`) }))}
            onChange={(next) => (reach.value = next)}
          />
        </Field>
        {reach.value === 'some' ? <Abilities chosen={abilities} /> : null}
        <Button type="submit" icon="key" busy={isBusy.value}>
          {t('account.tokens.make')}
        </Button>
      </Form>
    </Card>
  )
}
