import { useSignal } from '@preact/signals'
import { Button } from '#pwa/design/button'
import { TextInput } from '#pwa/design/controls'
import { Field } from '#pwa/design/field'
import { Form } from '#pwa/design/form'
import { addPasskey, type AddedPasskey } from '#pwa/session/passkeys'
import { useCall } from '#pwa/session/use_call'
import { t } from '#pwa/texts/t'

/** A passkey with a name by which its owner knows it again. */
export function AddPasskey({ onDone }: { onDone: (added: AddedPasskey) => void }) {
  const name = useSignal(t('account.passkeys.this_device'))
  const { isBusy, problem, call } = useCall()
  const submit = async () => {
    const added = await call(() => addPasskey(name.value))
    if (added) onDone(added)
  }
  return (
    <Form onSubmit={submit} error={problem.value}>
      <Field label={t('account.passkeys.name')} hint={t('account.passkeys.name_hint')} pointer="name" required>
        <TextInput
          name="passkey-name"
          maxLength={100}
          value={name.value}
          onInput={({ currentTarget }) => (name.value = currentTarget.value)}
        />
      </Field>
      <Button type="submit" kind="quiet" icon="passkey" busy={isBusy.value}>
        {t('account.passkeys.add')}
      </Button>
    </Form>
  )
}
