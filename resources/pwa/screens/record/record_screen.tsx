import { useState } from 'preact/hooks'
import { useRoute } from 'preact-iso'
import { Button } from '#pwa/design/button'
import { Page } from '#pwa/design/page'
import { Badge, Card, EmptyState, Spinner, StandingBadge } from '#pwa/design/surfaces'
import { write } from '#pwa/device/outbox'
import type { Held } from '#pwa/device/types'
import { AddendaCard } from '#pwa/screens/consultation/addenda_card'
import { Facts } from '#pwa/screens/consultation/facts'
import { PatientStrip } from '#pwa/screens/consultation/patient_strip'
import { medicalRecordOf } from '#pwa/screens/consultation/records_shown'
import { RefusedHere } from '#pwa/screens/consultation/refused_here'
import { useBusy } from '#pwa/screens/consultation/use_busy'
import { useChart, useHeld } from '#pwa/screens/consultation/use_held'
import { measurementText } from '#pwa/screens/record/measurement_text'
import { RecordForm } from '#pwa/screens/record/record_form'
import { recordTypes } from '#pwa/screens/record/record_types'
import { formatDateTime } from '#pwa/texts/format'
import { hasText, t } from '#pwa/texts/t'

export default function RecordScreen() {
  const { id, rid } = useRoute().params as { id: string; rid: string }
  const chart = useChart(id)
  const held = useHeld('medical_record', rid, chart)
  if (held === 'looking') return <Spinner label={t('record.title')} />
  const type = held ? medicalRecordOf(held).type : undefined
  return (
    <Page title={type ? t(`record.type.${type}`) : t('record.title')} back={`/app/patients/${id}`}>
      {held ? (
        <div class="stack">
          <PatientStrip chart={chart} />
          <RefusedHere held={held} />
          <RecordCard patientId={id} held={held} />
          <AddendaCard name="records.add_addendum" held={held} chart={chart} />
        </div>
      ) : (
        <EmptyState icon="note" title={t('record.unknown')} />
      )}
    </Page>
  )
}

function RecordCard({ patientId, held }: { patientId: string; held: Held }) {
  const [isOpen, setOpen] = useState(false)
  const [isBusy, during] = useBusy()
  const { status = 'active', type = 'note' } = medicalRecordOf(held)
  const title = (
    <span class="row">
      <Badge tone={status === 'active' ? 'success' : 'neutral'}>{t(`record.status.${status}`)}</Badge>
      <StandingBadge standing={held.standing} />
    </span>
  )
  if (!isOpen)
    return (
      <Card title={title}>
        <div class="stack">
          <RecordFacts held={held} />
          {recordTypes().includes(type) ? (
            <div class="row">
              <Button kind="quiet" icon="edit" onClick={() => setOpen(true)}>
                {t('record.amend')}
              </Button>
            </div>
          ) : null}
        </div>
      </Card>
    )
  return (
    <Card title={title}>
      <RecordForm
        patientId={patientId}
        initial={held.data}
        former={{ status: 'active', ...held.data }}
        isBusy={isBusy}
        onCancel={() => setOpen(false)}
        onDone={(data) =>
          during(async () => {
            if (Object.keys(data).length) await write({ name: 'records.amend', id: held.id, scope: patientId, data })
            setOpen(false)
          })
        }
      />
    </Card>
  )
}

function RecordFacts({ held }: { held: Held }) {
  const record = medicalRecordOf(held)
  const { type, description, code, occurred_at, ended_at, content } = record
  const named = (name: string) => {
    const value = content?.[name]
    const text = Array.isArray(value) ? value.join(', ') : value === undefined ? '' : String(value)
    return [t(`record.${name}`), hasText(`record.${name}.${text}`) ? t(`record.${name}.${text}`) : text] as const
  }
  const members = ['severity', 'reactions', 'category', 'lot_number', 'dose_number', 'site', 'vaccine_code']
  return (
    <Facts
      of={[
        [t('record.type.vital_signs'), type === 'vital_signs' && measurementText(record)],
        [t('record.description'), description],
        ...(type === 'vital_signs' ? [] : members.map(named)),
        [t('record.code'), code],
        [t('record.occurred_at'), occurred_at && formatDateTime(occurred_at)],
        [t('record.ended_at'), ended_at && formatDateTime(ended_at)],
      ]}
    />
  )
}
