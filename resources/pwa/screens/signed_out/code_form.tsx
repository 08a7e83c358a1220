import { useSignal } from '@preact/signals'
import { Button } from '#pwa/design/button'
import { TextInput } from '#pwa/design/controls'
import { Field } from '#pwa/design/field'
import { Form } from '#pwa/design/form'
import type { Answer } from '#pwa/session/ask'
import { useCall } from '#pwa/session/use_call'
import { t } from '#pwa/texts/t'

interface CodeFormProps {
  hint: string
  prove: (code: string) => Promise<Answer<unknown>>
}

/** The six digits of a code generator. A code is good once, so that a refused one is typed anew. */
export function CodeForm({ hint, prove }: CodeFormProps) {
  const code = useSignal('')
  const { isBusy, problem, call } = useCall()
  const submit = async () => {
    await call(() => prove(code.value))
    code.value = ''
  }
  return (
    <Form onSubmit={submit} error={problem.value}>
      <Field label={t('signed_out.code.label')} hint={hint} pointer="code" required>
        <TextInput
          class="control control-code"
          name="code"
          inputMode="numeric"
          autocomplete="one-time-code"
          maxLength={7}
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
