import { Button } from '#pwa/design/button'
import { Choice, TextArea, TextInput } from '#pwa/design/controls'
import { Field } from '#pwa/design/field'
import { Form } from '#pwa/design/form'
import { carried, inputOf, textOf, type ClinicalFormProps } from '#pwa/screens/consultation/clinical_form'
import { fromLocalInput, instantOf, localInput } from '#pwa/screens/consultation/local_time'
import { useProblems, useValues } from '#pwa/screens/consultation/use_values'
import { ContentFields } from '#pwa/screens/record/content_fields'
import { contentOf, emptyContent, typedOf, type Typed } from '#pwa/screens/record/record_content'
import type { RecordType } from '#pwa/screens/record/record_types'
import { hasText, t } from '#pwa/texts/t'

const STATES = ['active', 'resolved', 'entered_in_error']
const ADDRESS = ['patient_id', 'consultation_id', 'type']

/** Of the type that `initial` names; a record of another type is another record. */
export function RecordForm(props: ClinicalFormProps) {
  const { initial = {}, former, error, submitLabel, isBusy, onDone, onChange, onCancel } = props
  const type = (textOf(initial.type) || 'note') as RecordType
  const isVitals = type === 'vital_signs'
  const [values, change] = useValues<Record<string, unknown>>(
    {
      description: textOf(initial.description),
      code: textOf(initial.code),
      code_system: textOf(initial.code_system),
      occurred_at: initial.occurred_at ?? (former || !isVitals ? '' : instantOf()),
      ended_at: initial.ended_at ?? '',
      status: textOf(initial.status),
      typed: initial.typed ?? typedOf(type, initial.content),
    },
    onChange
  )
  const [problems, arePassed] = useProblems()
  const { typed: kept, status, ...texts } = values
  const typed = kept as Typed

  const finish = async () => {
    const found = { ...emptyContent(type, typed), ...problemsOf(values, isVitals) }
    if (!arePassed(found)) return
    const description = textOf(texts.description).trim() || (isVitals ? t('record.vitals_taken') : '')
    const content = contentOf(type, typed, former?.content)
    const all = { ...texts, description, ...(former ? { status } : {}), ...(content === undefined ? {} : { content }) }
    const input = inputOf(all, former)
    await onDone(former ? input : { ...carried(initial, ADDRESS), type, ...input })
  }

  const input = (name: string) => ({
    value: textOf(values[name]),
    onInput: (event: { currentTarget: { value: string } }) => change({ [name]: event.currentTarget.value }),
  })
  const moment = (name: 'occurred_at' | 'ended_at') => ({
    type: 'datetime-local' as const,
    class: 'control record-date',
    value: localInput(values[name]),
    onInput: (event: { currentTarget: { value: string } }) =>
      change({ [name]: fromLocalInput(event.currentTarget.value, values[name]) ?? '' }),
  })
  return (
    <Form error={error} onSubmit={() => void finish()}>
      <ContentFields type={type} typed={typed} problems={problems} change={(next) => change({ typed: next })} />
      <Field
        label={labelOf('description', type)}
        hint={hasText(`record.description.${type}_hint`) ? t(`record.description.${type}_hint`) : undefined}
        pointer="description"
        error={problems.description}
        required={!isVitals}
      >
        {type === 'note' || isVitals ? (
          <TextArea rows={isVitals ? 2 : 6} {...input('description')} />
        ) : (
          <TextInput {...input('description')} />
        )}
      </Field>
      {isVitals || type === 'note' ? null : (
        <Field label={t('record.code')} pointer="code">
          <TextInput class="control control-short" autocomplete="off" maxLength={64} {...input('code')} />
        </Field>
      )}
      <Field label={labelOf('occurred_at', type)} pointer="occurred_at" error={problems.occurred_at}>
        <TextInput {...moment('occurred_at')} />
      </Field>
      {type === 'condition' || type === 'history' ? (
        <Field label={t('record.ended_at')} pointer="ended_at" error={problems.ended_at}>
          <TextInput {...moment('ended_at')} />
        </Field>
      ) : null}
      {former ? (
        <Field label={t('record.status')} pointer="status">
          <Choice
            name="status"
            value={textOf(values.status) || 'active'}
            onChange={(state) => change({ status: state })}
            options={STATES.map((value) => ({
              value,
              label: t(`record.status.${value}`),
              hint: value === 'entered_in_error' ? t('record.in_error_explained') : undefined,
            }))}
          />
        </Field>
      ) : null}
      <div class="row">
        <Button type="submit" busy={isBusy}>
          {submitLabel ?? t(former ? 'record.save_changes' : 'record.save')}
        </Button>
        {onCancel ? (
          <Button kind="quiet" onClick={onCancel}>
            {t('consultation.go_back')}
          </Button>
        ) : null}
      </div>
    </Form>
  )
}

const labelOf = (field: string, type: RecordType) =>
  hasText(`record.${field}.${type}`) ? t(`record.${field}.${type}`) : t(`record.${field}`)

const A_DAY = 86_400_000

function problemsOf(values: Record<string, unknown>, isVitals: boolean) {
  const [begin, end] = [Date.parse(textOf(values.occurred_at)), Date.parse(textOf(values.ended_at))]
  return {
    description: isVitals || textOf(values.description).trim() ? undefined : t('record.needs_description'),
    occurred_at: begin > Date.now() + A_DAY ? t('record.in_future') : undefined,
    ended_at: end < begin ? t('record.ends_before') : undefined,
  }
}
