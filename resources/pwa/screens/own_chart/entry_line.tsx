import { Icon } from '#pwa/design/icon'
import { ListItem } from '#pwa/design/list'
import { Badge } from '#pwa/design/surfaces'
import { readable } from '#pwa/screens/conflict/field_values'
import type { Entry, OwnPrescription, OwnResult } from '#pwa/screens/own_chart/own_chart'
import { formatDate } from '#pwa/texts/format'
import { t } from '#pwa/texts/t'

/** One event of the chart, in a patient's words as far as the record has them. */
export function EntryLine({ entry }: { entry: Entry }) {
  switch (entry.kind) {
    case 'prescription':
      return <PrescriptionLine prescription={entry.record} />
    case 'lab_result':
      return <ResultLine result={entry.record} />
    case 'consultation':
      return <ConsultationLine entry={entry} />
    case 'medical_record':
      return <RecordLine entry={entry} />
  }
}

function ConsultationLine({ entry: { date, record } }: { entry: Extract<Entry, { kind: 'consultation' }> }) {
  return (
    <ListItem
      lead={<Icon name="stethoscope" />}
      title={t('own_chart.kind.consultation')}
      detail={<Lines of={[formatDate(date), record.reason, record.diagnosis, record.notes]} />}
      trail={<Badge tone="neutral">{readable('status', record.status)}</Badge>}
    />
  )
}

function RecordLine({ entry: { date, record } }: { entry: Extract<Entry, { kind: 'medical_record' }> }) {
  return (
    <ListItem
      lead={<Icon name="note" />}
      title={readable('type', record.type)}
      detail={<Lines of={[formatDate(date), record.description, contentOf(record.content)]} />}
    />
  )
}

const contentOf = (content: unknown) => (content ? readable('content', content) : null)

function Lines({ of }: { of: unknown[] }) {
  const lines = of.filter((line): line is string => typeof line === 'string' && line !== '')
  return (
    <>
      {lines.map((line, index) => (
        <span key={index} class="own-chart-line">
          {line}
        </span>
      ))}
    </>
  )
}

export function PrescriptionLine({ prescription }: { prescription: OwnPrescription }) {
  const { medicine, dosage, route, duration, notes, prescribed_at: at, status } = prescription
  const use = [dosage, route, duration].filter(Boolean).join(' · ')
  return (
    <ListItem
      lead={<Icon name="pill" />}
      title={medicine}
      detail={<Lines of={[use, notes, formatDate(at)]} />}
      trail={<Badge tone={status === 'active' ? 'success' : 'neutral'}>{readable('status', status)}</Badge>}
    />
  )
}

export function ResultLine({ result }: { result: OwnResult }) {
  const { test_name: name, result: said, reference_range: range, result_date: at, flag } = result
  const reference = range ? t('own_chart.reference', { range }) : null
  const isUnusual = flag !== null && flag !== 'N'
  return (
    <ListItem
      lead={<Icon name="flask" />}
      title={name}
      detail={<Lines of={[said, reference, formatDate(at)]} />}
      trail={flag ? <Badge tone={isUnusual ? 'warning' : 'success'}>{readable('flag', flag)}</Badge> : null}
    />
  )
}
