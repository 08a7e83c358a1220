import { useRef } from 'preact/hooks'
import { Button } from '#pwa/design/button'
import { Form } from '#pwa/design/form'
import { Banner } from '#pwa/design/surfaces'
import { carried, inputOf, textOf, type ClinicalFormProps } from '#pwa/screens/consultation/clinical_form'
import { useChart } from '#pwa/screens/consultation/use_held'
import { useProblems, useValues } from '#pwa/screens/consultation/use_values'
import { AllergyWarning } from '#pwa/screens/prescription/allergy_warning'
import { MedicineFields } from '#pwa/screens/prescription/medicine_fields'
import { useAllergyWarnings } from '#pwa/screens/prescription/use_allergy_warnings'
import { t } from '#pwa/texts/t'

const FIELDS = ['medicine', 'code', 'code_system', 'dosage', 'route', 'duration', 'notes', 'override_reason'] as const
const ADDRESS = ['consultation', 'prescribed_at']

interface PrescriptionFormProps extends ClinicalFormProps {
  /** Where several medicines follow one another. */
  onNext?: ClinicalFormProps['onDone']
}

/** The allergies are those of the chart on this device; the server looks again when it is sent. */
export function PrescriptionForm(props: PrescriptionFormProps) {
  const { patientId, initial = {}, former, error, submitLabel, isBusy, onDone, onNext, onChange, onCancel } = props
  const chart = useChart(patientId)
  const begun = Object.fromEntries(FIELDS.map((name) => [name, textOf(initial[name])]))
  const [values, change] = useValues<Record<string, string>>(begun, onChange as never)
  const [problems, arePassed] = useProblems()
  const isNext = useRef(false)
  const code = textOf(values.code).trim()
  const system = code ? textOf(values.code_system) || 'ATC' : ''
  const medicine = { text: textOf(values.medicine), code: code || null, codeSystem: system || null }
  const warnings = useAllergyWarnings(chart, medicine)
  const needsReason = warnings.length > 0 || error?.code === 'allergy_conflict'
  const asksReason = needsReason || Boolean(values.override_reason)

  const finish = async () => {
    const isPassed = arePassed({
      medicine: values.medicine?.trim() ? undefined : t('prescription.needs_medicine'),
      override_reason: needsReason && !values.override_reason?.trim() ? t('prescription.needs_override') : undefined,
    })
    if (!isPassed) return
    const input = inputOf({ ...values, code_system: system }, former)
    // A medicine that becomes another needs its reason anew, even where that stays the same.
    if (values.override_reason && ('medicine' in input || 'code' in input))
      input.override_reason = values.override_reason
    const data = Object.keys(input).length || !former ? { ...carried(initial, ADDRESS), ...input } : {}
    await (isNext.current && onNext ? onNext(data) : onDone(data))
  }

  return (
    <Form error={error} onSubmit={() => void finish()}>
      {chart ? null : <Banner tone="info">{t('prescription.allergies_unknown')}</Banner>}
      <MedicineFields
        values={values}
        change={change}
        problems={problems}
        warning={
          <AllergyWarning
            names={warnings}
            isAsked={asksReason}
            isNeeded={needsReason}
            reason={values.override_reason ?? ''}
            problem={problems.override_reason}
            change={(override_reason) => change({ override_reason })}
          />
        }
      />
      <div class="row">
        <Button type="submit" busy={isBusy} onClick={() => (isNext.current = false)}>
          {submitLabel ?? t('prescription.save')}
        </Button>
        {onNext ? (
          <Button type="submit" kind="quiet" busy={isBusy} onClick={() => (isNext.current = true)}>
            {t('prescription.save_and_next')}
          </Button>
        ) : null}
        {onCancel ? (
          <Button kind="quiet" onClick={onCancel}>
            {t('consultation.go_back')}
          </Button>
        ) : null}
      </div>
    </Form>
  )
}
