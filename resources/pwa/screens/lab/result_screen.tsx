import { useState } from 'preact/hooks'
import { useRoute } from 'preact-iso'
import type { ProblemBody } from '#app/sync/protocol'
import { Button } from '#pwa/design/button'
import { Dialog } from '#pwa/design/dialog'
import { Refusal } from '#pwa/design/form'
import { Page } from '#pwa/design/page'
import { Badge, Banner, Card, EmptyState, Spinner, StandingBadge } from '#pwa/design/surfaces'
import type { Held } from '#pwa/device/types'
import { AddendaCard } from '#pwa/screens/consultation/addenda_card'
import type { Values } from '#pwa/screens/consultation/clinical_form'
import { Facts } from '#pwa/screens/consultation/facts'
import { PatientStrip } from '#pwa/screens/consultation/patient_strip'
import { labResultOf } from '#pwa/screens/consultation/records_shown'
import { RefusedHere } from '#pwa/screens/consultation/refused_here'
import { useBusy } from '#pwa/screens/consultation/use_busy'
import { useChart } from '#pwa/screens/consultation/use_held'
import { LabResultForm } from '#pwa/screens/lab/lab_result_form'
import { resultDateText } from '#pwa/screens/lab/result_moment'
import { useResult } from '#pwa/screens/lab/use_result'
import { resultText } from '#pwa/screens/patient/entry_words'
import { can } from '#pwa/session/session'
import { formatDateTime } from '#pwa/texts/format'
import { t } from '#pwa/texts/t'

export default function ResultScreen() {
  const { id, lid } = useRoute().params as { id: string; lid: string }
  const chart = useChart(id)
  const { held, isElsewhere, tell } = useResult(id, lid, chart)
  const back = can('charts.view') ? `/app/patients/${id}` : '/app/labs'
  if (held === 'looking') return <Spinner label={t('lab.result_title')} />
  return (
    <Page title={t('lab.result_title')} back={back}>
      {held ? (
        <div class="stack">
          <PatientStrip chart={chart} patientId={id} />
          <RefusedHere held={held} />
          <ResultCard patientId={id} held={held} tell={tell} />
          {isElsewhere ? null : <AddendaCard name="labs.add_addendum" held={held} chart={chart} />}
        </div>
      ) : (
        <EmptyState icon="flask" title={t('lab.unknown')} />
      )}
    </Page>
  )
}

interface ResultCardProps {
  patientId: string
  held: Held
  tell: (name: 'labs.amend' | 'labs.validate', data: Values) => Promise<ProblemBody | null>
}

function ResultCard({ patientId, held, tell }: ResultCardProps) {
  const [shown, show] = useState<'facts' | 'form' | 'validation'>('facts')
  const [problem, setProblem] = useState<ProblemBody | null>(null)
  const [isBusy, during] = useBusy()
  const { status = 'preliminary' } = labResultOf(held)
  const isReleased = status === 'final' || status === 'amended'
  const change = (name: 'labs.amend' | 'labs.validate', data: Values) =>
    during(async () => {
      const refusal = name === 'labs.amend' && !Object.keys(data).length ? null : await tell(name, data)
      setProblem(refusal)
      if (!refusal || name === 'labs.validate') show('facts')
    })
  const title = (
    <span class="row">
      <Badge tone={isReleased ? 'success' : 'warning'}>{t(`lab.status.${status}`)}</Badge>
      <StandingBadge standing={held.standing} />
    </span>
  )
  return (
    <Card title={title}>
      {shown === 'form' ? (
        <div class="stack">
          {isReleased ? <Banner tone="warning">{t('lab.amend_released')}</Banner> : null}
          <LabResultForm
            patientId={patientId}
            initial={held.data}
            former={held.data}
            error={problem}
            isBusy={isBusy}
            onCancel={() => show('facts')}
            onDone={(data) => change('labs.amend', data)}
          />
        </div>
      ) : (
        <div class="stack">
          {problem ? <Refusal problem={problem} /> : null}
          <ResultFacts held={held} />
          <div class="row">
            {can('lab_results.validate') && !isReleased ? (
              <Button icon="check" onClick={() => show('validation')}>
                {t('lab.validate')}
              </Button>
            ) : null}
            {can('lab_results.enter') ? (
              <Button kind="quiet" icon="edit" onClick={() => show('form')}>
                {t('lab.amend')}
              </Button>
            ) : null}
          </div>
        </div>
      )}
      <Dialog
        open={shown === 'validation'}
        title={t('lab.validate_title')}
        onClose={() => show('facts')}
        actions={
          <>
            <Button busy={isBusy} onClick={() => void change('labs.validate', {})}>
              {t('lab.validate')}
            </Button>
            <Button kind="quiet" onClick={() => show('facts')}>
              {t('lab.go_back')}
            </Button>
          </>
        }
      >
        <p>{t('lab.validate_explained')}</p>
      </Dialog>
    </Card>
  )
}

function ResultFacts({ held }: { held: Held }) {
  const { test_name, reference_range, flag, code, validated_at } = labResultOf(held)
  return (
    <Facts
      of={[
        [t('lab.test_name'), test_name],
        [t('lab.result'), resultText(held)],
        [t('lab.reference_range'), reference_range],
        [t('lab.flag'), flag && t(`lab.flag.${flag}`)],
        [t('lab.result_date'), resultDateText(held.data)],
        [t('lab.code'), code],
        [t('lab.status.final'), validated_at && formatDateTime(validated_at)],
      ]}
    />
  )
}
