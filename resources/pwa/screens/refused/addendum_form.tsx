import { useSignal } from '@preact/signals'
import { Button } from '#pwa/design/button'
import { TextArea } from '#pwa/design/controls'
import { Field } from '#pwa/design/field'
import { Form } from '#pwa/design/form'
import { textOf, type ClinicalFormProps } from '#pwa/screens/consultation/clinical_form'
import { fieldLabel } from '#pwa/screens/conflict/field_values'
import { t } from '#pwa/texts/t'

/** What is added to a record after its time of correction. */
export function AddendumForm({ initial = {}, error, submitLabel, isBusy, onDone, onCancel }: ClinicalFormProps) {
  const text = useSignal(textOf(initial.text))
  return (
    <Form onSubmit={() => onDone({ ...initial, text: text.value.trim() })} error={error ?? null}>
      <Field label={fieldLabel('text')} pointer="text" required>
        <TextArea value={text.value} onInput={({ currentTarget }) => (text.value = currentTarget.value)} />
      </Field>
      <div class="row">
        <Button type="submit" busy={isBusy}>
          {submitLabel}
        </Button>
        {onCancel && (
          <Button kind="quiet" onClick={onCancel}>
            {t('sync.cancel')}
          </Button>
        )}
      </div>
    </Form>
  )
}
