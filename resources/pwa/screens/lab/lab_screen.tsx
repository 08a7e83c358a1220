import { useEffect, useState } from 'preact/hooks'
import type { RecordData } from '#app/sync/protocol'
import type { components } from '#pwa/api/schema'
import { Button } from '#pwa/design/button'
import { Icon } from '#pwa/design/icon'
import { List, ListItem } from '#pwa/design/list'
import { Page } from '#pwa/design/page'
import { Banner, Card, EmptyState } from '#pwa/design/surfaces'
import { patients } from '#pwa/device/held'
import { outbox } from '#pwa/device/outbox'
import type { OutboxItem, PatientEntry } from '#pwa/device/types'
import { Detail } from '#pwa/screens/consultation/item_lines'
import type { LabResultData } from '#pwa/screens/consultation/records_shown'
import { resultDateText } from '#pwa/screens/lab/result_moment'
import { resultText } from '#pwa/screens/patient/entry_words'
import { foundElsewhere, recallFound } from '#pwa/screens/patients/found_elsewhere'
import { nameOf, type Who } from '#pwa/screens/patients/who'
import { api, ask, can } from '#pwa/session/session'
import { isOnline } from '#pwa/sync/sync'
import { formatDateTime } from '#pwa/texts/format'
import { t } from '#pwa/texts/t'

type LabResult = components['schemas']['LabResult']

/** Where whoever works in the laboratory begins: a patient to enter results for, and what they entered. */
export default function LabScreen() {
  return can('lab_results.enter') ? <OwnResults /> : <ForLaboratory />
}

/** Whoever enters none reads results in the chart of the patient. */
function ForLaboratory() {
  return (
    <Page title={t('lab.title')}>
      <EmptyState icon="flask" title={t('lab.elsewhere')}>
        <p>{t(can('charts.view') ? 'lab.elsewhere_chart' : 'lab.elsewhere_detail')}</p>
        <Button icon="patients" href="/app/patients">
          {t('lab.to_patients')}
        </Button>
      </EmptyState>
    </Page>
  )
}

function OwnResults() {
  const [sent, setSent] = useState<LabResult[]>([])
  const waiting = outbox.value.filter((item) => item.name === 'labs.enter' && item.state !== 'acknowledged')
  const count = waiting.length
  useEffect(() => void recallFound(), [])
  useEffect(() => {
    if (!isOnline.value) return
    let isCurrent = true
    const query = { include: 'patient', sort: '-result_date' as const, limit: 25 }
    void ask(api.GET('/api/v1/lab-results', { params: { query } })).then(({ data }) => {
      if (isCurrent && data) setSent(data)
    })
    return () => {
      isCurrent = false
    }
  }, [isOnline.value, count])
  const unsent = new Set(waiting.map(({ recordId }) => recordId))
  const rows = sent.filter(({ id }) => !unsent.has(id))
  return (
    <Page title={t('lab.title')}>
      <div class="stack">
        <div class="row">
          <Button icon="search" href="/app/patients">
            {t('lab.find')}
          </Button>
        </div>
        {isOnline.value ? null : <Banner tone="info">{t('lab.recent_offline')}</Banner>}
        <Card title={t('lab.recent')}>
          {count + rows.length ? (
            <List label={t('lab.recent')}>
              {waiting.map((item) => (
                <WaitingResult key={item.mutationId} item={item} />
              ))}
              {rows.map((result) => (
                <SentResult key={result.id} result={result} />
              ))}
            </List>
          ) : (
            <EmptyState icon="flask" title={t('lab.recent_none')}>
              {t('lab.recent_hint')}
            </EmptyState>
          )}
        </Card>
      </div>
    </Page>
  )
}

const whoIs = (id: string): Who | PatientEntry | undefined =>
  foundElsewhere.value.get(id) ?? patients.value.find((each) => each.id === id)

function WaitingResult({ item }: { item: OutboxItem }) {
  const who = whoIs(item.scope)
  const standing = item.state === 'refused' || item.state === 'conflict' ? item.state : 'waiting'
  return (
    <ListItem
      href={`/app/patients/${item.scope}/labs/${item.recordId}`}
      lead={<Icon name="flask" />}
      title={titleOf(item.data as LabResultData)}
      detail={<Detail of={[who && nameOf(who), formatDateTime(item.writtenAt)]} held={{ standing }} />}
    />
  )
}

function SentResult({ result }: { result: LabResult }) {
  const { patient } = result
  const who = patient && nameOf({ familyName: patient.family_name, givenName: patient.given_name })
  const facts = [who, resultDateText(result), t(`lab.status.${result.status}`)]
  return (
    <ListItem
      href={`/app/patients/${result.patient_id}/labs/${result.id}`}
      lead={<Icon name="flask" />}
      title={titleOf(result)}
      detail={<Detail of={facts} held={{ standing: 'sent' }} />}
    />
  )
}

const titleOf = (data: LabResultData) => `${data.test_name}\u00a0: ${resultText({ data: data as RecordData })}`
