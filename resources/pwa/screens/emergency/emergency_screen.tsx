import { useState } from 'preact/hooks'
import { useRoute } from 'preact-iso'
import type { ProblemBody } from '#app/sync/protocol'
import { Button } from '#pwa/design/button'
import { TextArea } from '#pwa/design/controls'
import { Field } from '#pwa/design/field'
import { Form } from '#pwa/design/form'
import { Page } from '#pwa/design/page'
import { Banner, Card } from '#pwa/design/surfaces'
import { patients } from '#pwa/device/held'
import { useBusy } from '#pwa/screens/consultation/use_busy'
import { askWho, useFoundElsewhere } from '#pwa/screens/patients/found_elsewhere'
import { nameOf, WhoLine } from '#pwa/screens/patients/who'
import { api, ask, can } from '#pwa/session/session'
import { isOnline } from '#pwa/sync/sync'
import { formatTime } from '#pwa/texts/format'
import { t } from '#pwa/texts/t'

/** Opens the chart of a patient whom one does not treat; it is read from the server and not kept on the device. */
export default function EmergencyScreen() {
  const id = useRoute().params.id!
  const [until, setUntil] = useState<string | null>(null)
  const treated = patients.value.find((each) => each.id === id)
  const found = useFoundElsewhere(id)
  const who = treated ?? found
  const isTreated = treated !== undefined
  const open = (end: string) => {
    setUntil(end)
    if (!who) void askWho(id)
  }
  return (
    <Page title={t('emergency.title')} back="/app/patients">
      <div class="stack">
        {who ? (
          <div>
            <p>
              <strong>{nameOf(who)}</strong>
            </p>
            <p class="quiet small">
              <WhoLine who={who} />
            </p>
          </div>
        ) : null}
        {isTreated || until !== null ? (
          <Opened id={id} until={until} isTreated={isTreated} />
        ) : can('charts.break_glass') ? (
          <BreakGlass id={id} onOpen={open} />
        ) : (
          <Banner tone="warning">{t('emergency.not_allowed')}</Banner>
        )}
      </div>
    </Page>
  )
}

function Opened({ id, until, isTreated }: { id: string; until: string | null; isTreated: boolean }) {
  const text = until ? t('emergency.until', { time: formatTime(until) }) : t('emergency.still_open')
  return (
    <Card>
      <div class="stack">
        <Banner tone="success">{isTreated ? t('emergency.treated') : text}</Banner>
        {isTreated ? null : <p class="quiet">{t('emergency.not_kept')}</p>}
        <div class="row">
          <Button icon="chart" href={`/app/patients/${id}`}>
            {t('emergency.to_chart')}
          </Button>
          {can('consultations.record') ? (
            <Button kind="quiet" icon="stethoscope" href={`/app/patients/${id}/consultations/new`}>
              {t('emergency.begin')}
            </Button>
          ) : null}
        </div>
      </div>
    </Card>
  )
}

/** '' where the chart was open already, and nobody says until when. */
function BreakGlass({ id, onOpen }: { id: string; onOpen: (until: string) => void }) {
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState<string>()
  const [refusal, setRefusal] = useState<ProblemBody | null>(null)
  const [isBusy, during] = useBusy()
  const open = () =>
    during(async () => {
      if (!reason.trim()) return setMissing(t('emergency.needs_reason'))
      setMissing(undefined)
      const call = { params: { path: { patient: id } }, body: { reason: reason.trim() } }
      const { data, problem } = await ask(api.POST('/api/v1/patients/{patient}/emergency-access', call))
      if (data) onOpen(data.expires_at)
      else if (problem.code === 'already_open') onOpen('')
      else setRefusal(problem)
    })
  return (
    <Card>
      <div class="stack">
        {isOnline.value ? null : <Banner tone="danger">{t('emergency.offline')}</Banner>}
        <p>{t('emergency.explained')}</p>
        <Banner tone="warning">{t('emergency.watched')}</Banner>
        <Form error={refusal} onSubmit={() => void open()}>
          <Field
            label={t('emergency.reason')}
            hint={t('emergency.reason_hint')}
            pointer="reason"
            error={missing}
            required
          >
            <TextArea maxLength={2000} value={reason} onInput={(event) => setReason(event.currentTarget.value)} />
          </Field>
          <div class="row">
            <Button type="submit" kind="danger" icon="emergency" busy={isBusy} disabled={!isOnline.value}>
              {t('emergency.open')}
            </Button>
          </div>
        </Form>
      </div>
    </Card>
  )
}
