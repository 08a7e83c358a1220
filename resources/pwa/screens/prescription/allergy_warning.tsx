import { TextArea } from '#pwa/design/controls'
import { Field } from '#pwa/design/field'
import { Banner } from '#pwa/design/surfaces'
import { t } from '#pwa/texts/t'

interface AllergyWarningProps {
  names: string[]
  isAsked: boolean
  isNeeded: boolean
  reason: string
  problem: string | undefined
  change: (reason: string) => void
}

/** To what the patient is allergic, and why it is prescribed all the same. */
export function AllergyWarning({ names, isAsked, isNeeded, reason, problem, change }: AllergyWarningProps) {
  return (
    <>
      {names.length ? <Banner tone="danger">{t('prescription.conflict', { names: names.join(', ') })}</Banner> : null}
      {isAsked ? (
        <Field
          label={t('prescription.override_reason')}
          hint={t('prescription.override_hint')}
          pointer="override_reason"
          error={problem}
          required={isNeeded}
        >
          <TextArea rows={2} value={reason} onInput={(event) => change(event.currentTarget.value)} />
        </Field>
      ) : null}
    </>
  )
}
