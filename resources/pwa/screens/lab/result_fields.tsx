import { Select, TextInput } from '#pwa/design/controls'
import { Field } from '#pwa/design/field'
import { fromLocalInput, localInput } from '#pwa/screens/consultation/local_time'
import { COMMON_TESTS } from '#pwa/screens/lab/common_tests'
import { suggestedFlag, type ResultValues } from '#pwa/screens/lab/result_values'
import { t } from '#pwa/texts/t'
import '#pwa/screens/lab/lab.css'

const FLAGS = ['', 'N', 'L', 'H', 'LL', 'HH', 'A']

interface ResultFieldsProps {
  values: ResultValues
  change: (changes: Partial<ResultValues>) => void
  problems: Record<string, string | undefined>
}

export function ResultFields({ values, change, problems }: ResultFieldsProps) {
  const text = (name: keyof ResultValues) => ({
    value: values[name],
    onInput: (event: { currentTarget: { value: string } }) => change({ [name]: event.currentTarget.value }),
  })
  const suggested = suggestedFlag(values.result, values.reference_range)
  const hint = suggested && suggested !== values.flag && t('lab.flag_suggested', { flag: t(`lab.flag.${suggested}`) })
  return (
    <div class="lab-fields">
      <CommonTestField change={change} />
      <Field label={t('lab.test_name')} pointer="test_name" error={problems.test_name} required>
        <TextInput autocomplete="off" maxLength={500} {...text('test_name')} />
      </Field>
      <Field label={t('lab.result')} hint={t('lab.result_hint')} pointer="result" error={problems.result} required>
        <TextInput autocomplete="off" maxLength={500} {...text('result')} />
      </Field>
      <Field label={t('lab.unit')} hint={t('lab.unit_hint')} pointer="unit" error={problems.unit}>
        <TextInput
          class="control control-short"
          autocomplete="off"
          spellcheck={false}
          maxLength={64}
          {...text('unit')}
        />
      </Field>
      <Field label={t('lab.reference_range')} hint={t('lab.reference_hint')} pointer="reference_range">
        <TextInput class="control control-short" autocomplete="off" maxLength={120} {...text('reference_range')} />
      </Field>
      <Field label={t('lab.flag')} hint={hint || undefined} pointer="flag">
        <Select
          options={FLAGS.map((value) => ({ value, label: t(value ? `lab.flag.${value}` : 'lab.flag_none') }))}
          {...text('flag')}
        />
      </Field>
      <Field label={t('lab.result_date')} pointer="result_date" error={problems.result_date} required>
        <TextInput
          type="datetime-local"
          class="control lab-date"
          value={localInput(values.result_date)}
          onInput={(event) =>
            change({ result_date: fromLocalInput(event.currentTarget.value, values.result_date) ?? '' })
          }
        />
      </Field>
    </div>
  )
}

function CommonTestField({ change }: Pick<ResultFieldsProps, 'change'>) {
  const none = { value: '', label: t('lab.common_none') }
  const known = COMMON_TESTS.map(({ name }) => ({ value: name, label: t(`lab.test.${name}`) }))
  return (
    <Field label={t('lab.common')}>
      <Select
        options={[none, ...known]}
        onChange={(event) => {
          const test = COMMON_TESTS.find(({ name }) => name === event.currentTarget.value)
          if (!test) return
          change({ test_name: t(`lab.test.${test.name}`), code: test.code, code_system: 'LOINC', unit: test.unit })
        }}
      />
    </Field>
  )
}
