import { useMemo } from 'preact/hooks'
import { Card, EmptyState } from '#pwa/design/surfaces'
import type { Chart } from '#pwa/device/types'
import { Curve } from '#pwa/screens/patient/curve'
import { withUnit } from '#pwa/screens/patient/entry_words'
import { curvesOf, vitalsOf, type Vitals } from '#pwa/screens/patient/vitals'
import { VitalsTable } from '#pwa/screens/patient/vitals_table'
import type { VitalName } from '#pwa/screens/record/vital_signs'
import { formatDate, formatNumber } from '#pwa/texts/format'
import { t } from '#pwa/texts/t'

/** What is drawn together. */
const CURVES: { name: string; kinds: VitalName[] }[] = [
  { name: 'pressure', kinds: ['systolic', 'diastolic'] },
  { name: 'pulse', kinds: ['pulse'] },
  { name: 'temperature', kinds: ['temperature'] },
  { name: 'weight', kinds: ['weight'] },
  { name: 'oxygen', kinds: ['oxygen'] },
  { name: 'respiratory_rate', kinds: ['respiratory_rate'] },
]

export function VitalsTab({ chart }: { chart: Chart }) {
  const vitals = useMemo(() => vitalsOf(chart.records), [chart])
  if (!vitals.length)
    return (
      <EmptyState icon="vitals" title={t('patient.vitals.empty')}>
        <p>{t('patient.vitals.empty_detail')}</p>
      </EmptyState>
    )
  return (
    <div class="stack">
      <div class="patient-curves">
        {CURVES.map(({ name, kinds }) => (
          <VitalCurve key={name} name={name} kinds={kinds} vitals={vitals} />
        ))}
      </div>
      <VitalsTable vitals={vitals} />
    </div>
  )
}

function VitalCurve({ name, kinds, vitals }: { name: string; kinds: VitalName[]; vitals: Vitals[] }) {
  const latest = vitals.find(({ measured }) => kinds.some((kind) => measured[kind]))
  const { at, rows } = curvesOf(vitals, kinds)
  if (!latest || !at.length) return null
  const shown = kinds.flatMap((kind) => latest.measured[kind] ?? [])
  return (
    <Card title={t(`patient.vitals.${name}`)}>
      <p class="patient-latest">
        <strong>
          {shown.length > 1 ? `${formatNumber(shown[0]!.value, 6)}/${withUnit(shown[1]!)}` : withUnit(shown[0]!)}
        </strong>
        <span class="quiet small">{formatDate(latest.at)}</span>
      </p>
      {kinds.length > 1 && (
        <p class="patient-legend small" aria-hidden="true">
          {kinds.map((kind, index) => (
            <span key={kind} class={`patient-legend-${index}`}>
              {t(`record.sign.${kind}`)}
            </span>
          ))}
        </p>
      )}
      <Curve at={at} rows={kinds.map((kind, index) => ({ label: t(`record.sign.${kind}`), values: rows[index]! }))} />
    </Card>
  )
}
