import { NumberInput } from '#pwa/design/controls'
import { Field } from '#pwa/design/field'
import { Banner } from '#pwa/design/surfaces'
import { doubtsOf, numberOf, VITAL_SIGNS, type VitalSign, type VitalValues } from '#pwa/screens/record/vital_signs'
import { formatNumber } from '#pwa/texts/format'
import { t } from '#pwa/texts/t'

interface VitalSignsProps {
  signs: VitalValues
  change: (signs: VitalValues) => void
  problem?: string
}

/** All on one page with the keys for numbers; an unusual value is asked about and never refused. */
export function VitalSignsFields({ signs, change, problem }: VitalSignsProps) {
  const doubts = doubtsOf(signs)
  const index = bodyMassIndex(signs)
  return (
    <fieldset class="stack" data-pointer="/content">
      <legend class="only-heard">{t('record.type.vital_signs')}</legend>
      {problem ? <Banner tone="danger">{problem}</Banner> : null}
      <div class="record-signs">
        {VITAL_SIGNS.map((sign) => (
          <SignField
            key={sign.name}
            sign={sign}
            value={signs[sign.name] ?? ''}
            doubt={doubts[sign.name]}
            change={(value) => change({ ...signs, [sign.name]: value })}
          />
        ))}
      </div>
      <p class="quiet small record-index">{index ? t('record.bmi', { value: formatNumber(index, 1) }) : ''}</p>
    </fieldset>
  )
}

interface SignProps {
  sign: VitalSign
  value: string
  doubt: string | undefined
  change: (value: string) => void
}

function SignField({ sign, value, doubt, change }: SignProps) {
  const label = t('record.with_unit', { name: t(`record.sign.${sign.name}`), unit: sign.shown })
  return (
    <Field
      label={label}
      hint={
        doubt && doubt !== 'unreadable' ? <span class="record-doubt">{t(`record.doubt.${doubt}`)}</span> : undefined
      }
      error={doubt === 'unreadable' ? t('record.doubt.unreadable') : undefined}
    >
      <NumberInput
        inputMode={sign.decimals ? 'decimal' : 'numeric'}
        value={value}
        maxLength={8}
        onInput={(event) => change(event.currentTarget.value)}
      />
    </Field>
  )
}

function bodyMassIndex({ weight, height }: VitalValues): number | null {
  const [kilograms, centimetres] = [numberOf(weight), numberOf(height)]
  if (!kilograms || !centimetres || centimetres < 40) return null
  return kilograms / (centimetres / 100) ** 2
}
