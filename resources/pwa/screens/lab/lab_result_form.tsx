import { Button } from '#pwa/design/button'
import { Form } from '#pwa/design/form'
import { carried, inputOf, type ClinicalFormProps } from '#pwa/screens/consultation/clinical_form'
import { useProblems, useValues } from '#pwa/screens/consultation/use_values'
import { ResultFields } from '#pwa/screens/lab/result_fields'
import { resultProblems, resultValuesOf, withValue, type ResultValues } from '#pwa/screens/lab/result_values'
import { t } from '#pwa/texts/t'

const ADDRESS = ['patient_id', 'consultation_id']

/** One result. */
export function LabResultForm(props: ClinicalFormProps) {
  const { initial = {}, former, error, submitLabel, isBusy, onDone, onChange, onCancel } = props
  const [values, change] = useValues<ResultValues>(resultValuesOf(initial), onChange)
  const [problems, arePassed] = useProblems()
  const finish = async () => {
    if (!arePassed(resultProblems(values, initial))) return
    const input = inputOf(withValue(values, initial), former)
    await onDone(former ? input : { ...carried(initial, ADDRESS), ...input })
  }
  return (
    <Form error={error} onSubmit={() => void finish()}>
      <ResultFields values={values} change={change} problems={problems} />
      <div class="row">
        <Button type="submit" busy={isBusy}>
          {submitLabel ?? t('lab.save_changes')}
        </Button>
        {onCancel ? (
          <Button kind="quiet" onClick={onCancel}>
            {t('lab.go_back')}
          </Button>
        ) : null}
      </div>
    </Form>
  )
}
