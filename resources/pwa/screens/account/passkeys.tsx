import { useSignal } from '@preact/signals'
import { Button } from '#pwa/design/button'
import { Card } from '#pwa/design/card'
import { TextInput } from '#pwa/design/controls'
import { Dialog } from '#pwa/design/dialog'
import { Field } from '#pwa/design/field'
import { Form, Refusal } from '#pwa/design/form'
import { AddPasskey } from '#pwa/screens/account/add_passkey'
import type { FactorChange } from '#pwa/screens/account/security_screen'
import { Sure } from '#pwa/screens/account/sure'
import { api, ask } from '#pwa/session/session'
import { useCall } from '#pwa/session/use_call'
import { useLoaded } from '#pwa/session/use_loaded'
import { passkeysMissing } from '#pwa/session/webauthn'
import type { components } from '#pwa/api/schema'
import { formatDate } from '#pwa/texts/format'
import { t } from '#pwa/texts/t'

type Passkey = components['schemas']['Passkey']

export function Passkeys({ onChange }: { onChange: (change: FactorChange) => void }) {
  const { data, problem: unknown, reload } = useLoaded(() => ask(api.GET('/api/v1/me/passkeys')))
  const { problem, call } = useCall()
  const renamed = useSignal<Passkey | null>(null)
  const changed = (change: FactorChange) => {
    onChange(change)
    void reload()
  }
  const remove = async (id: string) => {
    const change = await call(() => ask(api.DELETE('/api/v1/me/passkeys/{id}', { params: { path: { id } } })))
    if (change) changed(change)
  }
  const missing = passkeysMissing()
  const refusal = problem.value ?? unknown.value
  return (
    <Card title={t('account.passkeys.title')}>
      <p>{t('account.passkeys.what')}</p>
      {refusal ? <Refusal problem={refusal} /> : null}
      <ul class="account-things">
        {data.value?.map((passkey) => (
          <li key={passkey.id}>
            <div>
              <strong>{passkey.name}</strong>
              <p class="quiet small">{describe(passkey)}</p>
            </div>
            <div class="row">
              <Button kind="quiet" onClick={() => (renamed.value = passkey)}>
                {t('account.passkeys.rename')}
              </Button>
              <Sure
                label={t('common.delete')}
                question={t('account.passkeys.remove_sure', { name: passkey.name })}
                onSure={() => remove(passkey.id)}
              />
            </div>
          </li>
        ))}
      </ul>
      {missing ? <p>{t(`signed_out.passkey.${missing}`)}</p> : <AddPasskey onDone={changed} />}
      {renamed.value ? <Rename passkey={renamed.value} onClose={() => (renamed.value = null)} onDone={reload} /> : null}
    </Card>
  )
}

function describe({ created_at, last_used_at }: Passkey): string {
  const made = t('account.made_on', { date: formatDate(created_at) })
  return `${made} · ${last_used_at ? t('account.used_on', { date: formatDate(last_used_at) }) : t('account.never_used')}`
}

function Rename({ passkey, onClose, onDone }: { passkey: Passkey; onClose: () => void; onDone: () => void }) {
  const name = useSignal(passkey.name)
  const { isBusy, problem, call } = useCall()
  const submit = async () => {
    const params = { path: { id: passkey.id } }
    if (!(await call(() => ask(api.PATCH('/api/v1/me/passkeys/{id}', { params, body: { name: name.value } }))))) return
    onDone()
    onClose()
  }
  return (
    <Dialog open title={t('account.passkeys.rename')} onClose={onClose}>
      <Form onSubmit={submit} error={problem.value}>
        <Field label={t('account.passkeys.name')} pointer="name" required>
          <TextInput
            name="name"
            value={name.value}
            onInput={({ currentTarget }) => (name.value = currentTarget.value)}
          />
        </Field>
        <Button type="submit" busy={isBusy.value}>
          {t('common.save')}
        </Button>
      </Form>
    </Dialog>
  )
}
