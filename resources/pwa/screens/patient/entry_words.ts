import type { IconName } from '#pwa/design/icon'
import type { Held } from '#pwa/device/types'
import { textOf } from '#pwa/screens/consultation/clinical_form'
import { readableUnit } from '#pwa/screens/patient/units'
import { vitalsOf } from '#pwa/screens/patient/vitals'
import { VITAL_SIGNS } from '#pwa/screens/record/vital_signs'
import { formatNumber } from '#pwa/texts/format'
import { hasText, language, t } from '#pwa/texts/t'

interface EntryWords {
  icon: IconName
  kind: string
  title: string
  detail: string
}

const RECORD_ICONS: Record<string, IconName> = {
  allergy: 'allergy',
  condition: 'heart',
  history: 'history',
  vaccination: 'syringe',
  vital_signs: 'vitals',
  procedure: 'document',
  note: 'note',
}

/** What an entry of a chart says on one or two lines. */
export function wordsOf(held: Held): EntryWords {
  const text = (field: string) => textOf(held.data[field])
  switch (held.entity) {
    case 'consultation':
      return {
        icon: 'stethoscope',
        kind: [t('consultation.title'), stateOf('consultation', text('status'), 'finished')]
          .filter(Boolean)
          .join(' · '),
        title: text('diagnosis') || text('reason') || t('consultation.title'),
        detail: text('diagnosis') ? text('reason') : firstWords(text('notes')),
      }
    case 'prescription':
      return {
        icon: 'pill',
        kind: [t('prescription.title'), stateOf('prescription', text('status'), 'active')].filter(Boolean).join(' · '),
        title: text('medicine'),
        detail: [text('dosage'), text('duration')].filter(Boolean).join(', '),
      }
    case 'lab_result':
      return {
        icon: 'flask',
        kind: [t('lab.result_title'), stateOf('lab', text('status'), 'final')].filter(Boolean).join(' · '),
        title: text('test_name'),
        detail: [resultText(held), text('flag') && t(`lab.flag.${text('flag')}`)].filter(Boolean).join(' · '),
      }
    default:
      return recordWords(held)
  }
}

function recordWords(held: Held): EntryWords {
  const type = textOf(held.data.type)
  const measured = type === 'vital_signs' ? measuredText(held) : ''
  const description = textOf(held.data.description)
  return {
    icon: RECORD_ICONS[type] ?? 'note',
    kind: [t(`record.type.${type}`), stateOf('record', textOf(held.data.status), 'active')].filter(Boolean).join(' · '),
    title: measured || firstWords(description),
    detail: measured ? firstWords(description) : '',
  }
}

/** The usual state goes without saying. */
function stateOf(area: string, status: string, usual: string): string {
  return status && status !== usual && hasText(`${area}.status.${status}`) ? t(`${area}.status.${status}`) : ''
}

/** '128/82 mmHg · 38,4 °C', in the order of the form. */
function measuredText(held: Held): string {
  const vitals = vitalsOf([{ ...held, data: { ...held.data, status: 'active' } }])[0]
  if (!vitals) return ''
  const { systolic, diastolic } = vitals.measured
  const pressure = systolic && diastolic
  const rest = VITAL_SIGNS.filter(({ name }) => !(pressure && (name === 'systolic' || name === 'diastolic')))
  return [
    pressure && `${formatNumber(systolic.value, 6)}/${formatNumber(diastolic.value, 6)} ${readableUnit(systolic.unit)}`,
    ...rest.map(({ name }) => vitals.measured[name] && withUnit(vitals.measured[name])),
    ...vitals.others.map((other) => `${other.name} ${withUnit(other)}`),
  ]
    .filter(Boolean)
    .join(' · ')
}

export const withUnit = ({ value, unit }: { value: number; unit: string }) =>
  [formatNumber(value, 6), readableUnit(unit)].filter(Boolean).join('\u00a0')

/** As the laboratory wrote it: a number in the reader's language, words as they are; with the unit where they lack it. */
export function resultText({ data }: Pick<Held, 'data'>): string {
  const [words, value] = [textOf(data.result), textOf(data.value)]
  const isNumber = value !== '' && (!words || Number(words.replace(',', '.')) === Number(value))
  const said = isNumber ? value.replace('.', language.value === 'fr' ? ',' : '.') : words
  const [written, readable] = [textOf(data.unit), readableUnit(textOf(data.unit))]
  const hasUnit = written !== '' && (said.includes(written) || said.includes(readable))
  return hasUnit ? said : [said, readable].filter(Boolean).join('\u00a0')
}

function firstWords(text: string): string {
  const line = text.trim().split('\n').slice(0, 2).join(' ')
  return line.length > 140 ? `${line.slice(0, 139).trimEnd()}…` : line
}
