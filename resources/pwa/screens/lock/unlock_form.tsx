import { useSignal } from '@preact/signals'
import { Button } from '#pwa/design/button'
import { Field } from '#pwa/design/field'
import { Form } from '#pwa/design/form'
import { PasswordInput } from '#pwa/design/password_input'
import { unlock } from '#pwa/device/vault'
import { t } from '#pwa/texts/t'

/** The passphrase opens the store; deriving the key from it takes a moment on purpose. */
export function UnlockForm() {
  const passphrase = useSignal('')
  const isOpening = useSignal(false)
  const wasWrong = useSignal(false)
  const open = async () => {
    isOpening.value = true
    wasWrong.value = !(await unlock(passphrase.value))
    isOpening.value = false
    if (wasWrong.value) passphrase.value = ''
  }
  return (
    <div data-drafted>
      <Form onSubmit={open}>
        <Field label={t('lock.passphrase')} error={wasWrong.value ? t('lock.unlock.wrong') : undefined} required>
          <PasswordInput
            name="passphrase"
            autocomplete="current-password"
            value={passphrase.value}
            onInput={({ currentTarget }) => (passphrase.value = currentTarget.value)}
          />
        </Field>
        <Button type="submit" icon="unlock" busy={isOpening.value}>
          {t(isOpening.value ? 'lock.unlock.busy' : 'lock.unlock.action')}
        </Button>
      </Form>
    </div>
  )
}
