import type { MedicalRecordData } from '#pwa/screens/consultation/records_shown'
import { VITAL_SIGNS, type Measurement } from '#pwa/screens/record/vital_signs'
import { formatNumber } from '#pwa/texts/format'
import { hasText, t } from '#pwa/texts/t'

export const measurementsIn = ({ content }: MedicalRecordData): Measurement[] =>
  Array.isArray(content?.measurements) ? (content.measurements as Measurement[]) : []

/** « Tension 120/80 mmHg · Pouls 72 /min »: the two pressures are one sign. */
export function measurementText(record: MedicalRecordData): string {
  const measurements = measurementsIn(record)
  const valueOf = (code: string) => measurements.find((each) => each.code === code)?.value
  const [systolic, diastolic] = [valueOf('8480-6'), valueOf('8462-4')]
  const hasBoth = systolic !== undefined && diastolic !== undefined
  const others = measurements.filter(({ code }) => !hasBoth || (code !== '8480-6' && code !== '8462-4'))
  const pressure = hasBoth ? [`${t('record.pressure')} ${systolic}/${diastolic} mmHg`] : []
  return [...pressure, ...others.map(oneMeasurement)].join(' · ') || (record.description ?? '')
}

function oneMeasurement({ code, name, value, unit }: Measurement): string {
  const sign = VITAL_SIGNS.find((each) => each.code === code)
  const label = sign && hasText(`record.sign.${sign.name}`) ? t(`record.sign.${sign.name}`) : name
  return `${label} ${formatNumber(value)} ${sign?.unit === unit ? sign.shown : unit}`
}
