import { useSignal } from '@preact/signals'
import { Button } from '#pwa/design/button'
import { TextInput } from '#pwa/design/controls'
import { Field } from '#pwa/design/field'
import { Form } from '#pwa/design/form'
import type { Answer } from '#pwa/session/ask'
import { useCall } from '#pwa/session/use_call'
import { t } from '#pwa/texts/t'

/** One of the codes from the paper, good once. */
export function RecoveryCodeForm({ prove }: { prove: (code: string) => Promise<Answer<unknown>> }) {
  const code = useSignal('')
  const { isBusy, problem, call } = useCall()
  return (
    <Form onSubmit={async () => void (await call(() => prove(code.value)))} error={problem.value}>
      <Field
        label={t('signed_out.recovery.label')}
        hint={t('signed_out.recovery.hint')}
        pointer="recovery_code"
        required
      >
        <TextInput
          class="control control-code"
          name="recovery_code"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
          value={code.value}
          onInput={({ currentTarget }) => (code.value = currentTarget.value)}
        />
      </Field>
      <Button type="submit" busy={isBusy.value}>
        {t('signed_out.code.submit')}
      </Button>
    </Form>
  )
}
