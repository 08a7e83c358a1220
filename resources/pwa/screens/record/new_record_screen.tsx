import { useState } from 'preact/hooks'
import { useRoute } from 'preact-iso'
import { Select } from '#pwa/design/controls'
import { Field } from '#pwa/design/field'
import { Page } from '#pwa/design/page'
import { Card, EmptyState, Spinner } from '#pwa/design/surfaces'
import { write } from '#pwa/device/outbox'
import type { Values } from '#pwa/screens/consultation/clinical_form'
import { DraftFound, DraftKept } from '#pwa/screens/consultation/draft_banner'
import { PatientStrip } from '#pwa/screens/consultation/patient_strip'
import { useBusy } from '#pwa/screens/consultation/use_busy'
import { useDraft } from '#pwa/screens/consultation/use_draft'
import { useChart } from '#pwa/screens/consultation/use_held'
import { RecordForm } from '#pwa/screens/record/record_form'
import { recordTypes, type RecordType } from '#pwa/screens/record/record_types'
import { useGoingOn } from '#pwa/screens/use_going_on'
import { t } from '#pwa/texts/t'

export default function NewRecordScreen() {
  const { params, query } = useRoute()
  const id = params.id!
  const chart = useChart(id)
  const types = recordTypes()
  const asked = types.find((each) => each === query.type)
  const [type, setType] = useState<RecordType | undefined>(asked ?? types[0])
  const back = `/app/patients/${id}${query.consultation ? `/consultations/${query.consultation}` : ''}`
  const title = asked ? t(`record.type.${asked}`) : t('record.new')
  return (
    <Page title={title} back={back}>
      <div class="stack">
        <PatientStrip chart={chart} />
        {type ? (
          <Card>
            <div class="stack">
              {asked ? null : (
                <Field label={t('record.type')} required>
                  <Select
                    value={type}
                    options={types.map((value) => ({ value, label: t(`record.type.${value}`) }))}
                    onInput={(event) => setType(event.currentTarget.value as RecordType)}
                  />
                </Field>
              )}
              <OfType key={type} patientId={id} type={type} consultation={query.consultation} back={back} />
            </div>
          </Card>
        ) : (
          <EmptyState icon="note" title={t('record.no_types')} />
        )}
      </div>
    </Page>
  )
}

interface OfTypeProps {
  patientId: string
  type: RecordType
  consultation: string | undefined
  back: string
}

function OfType({ patientId, type, consultation, back }: OfTypeProps) {
  const goOn = useGoingOn()
  const draft = useDraft<Values>(`record:new:${patientId}:${type}`, patientId)
  const [isBusy, during] = useBusy()
  if (draft.found === 'looking') return <Spinner label={t('record.new')} />
  const { found } = draft
  const address = { type, ...(consultation ? { consultation_id: consultation } : {}) }
  return (
    <>
      {found ? <DraftFound at={found.at} onDrop={() => void draft.drop()} /> : null}
      <RecordForm
        key={found ? found.at : 'empty'}
        patientId={patientId}
        initial={{ ...found?.value, ...address }}
        isBusy={isBusy}
        onChange={draft.keep}
        onDone={(data) =>
          during(async () => {
            await write({ name: 'records.add', scope: patientId, data: { patient_id: patientId, ...data } })
            await draft.drop()
            goOn(back)
          })
        }
      />
      <DraftKept draft={draft} />
    </>
  )
}
