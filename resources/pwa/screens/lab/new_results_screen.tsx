import { useState } from 'preact/hooks'
import { useRoute } from 'preact-iso'
import { Button } from '#pwa/design/button'
import { Form } from '#pwa/design/form'
import { Page } from '#pwa/design/page'
import { Card, Spinner } from '#pwa/design/surfaces'
import { write } from '#pwa/device/outbox'
import { inputOf } from '#pwa/screens/consultation/clinical_form'
import { DraftFound, DraftKept } from '#pwa/screens/consultation/draft_banner'
import { PatientStrip } from '#pwa/screens/consultation/patient_strip'
import { useBusy } from '#pwa/screens/consultation/use_busy'
import { useDraft } from '#pwa/screens/consultation/use_draft'
import { useChart } from '#pwa/screens/consultation/use_held'
import { showFirstFault } from '#pwa/screens/consultation/use_values'
import { ResultFields } from '#pwa/screens/lab/result_fields'
import { resultProblems, resultValuesOf, withValue, type ResultValues } from '#pwa/screens/lab/result_values'
import { useGoingOn } from '#pwa/screens/use_going_on'
import { can } from '#pwa/session/session'
import { t } from '#pwa/texts/t'

/** The results of one sample, several in one go; each is a record of its own. */
export default function NewResultsScreen() {
  const { params, query } = useRoute()
  const id = params.id!
  const goOn = useGoingOn()
  const chart = useChart(id)
  const draft = useDraft<ResultValues[]>(`labs:new:${id}`, id)
  const [isBusy, during] = useBusy()
  const back = can('charts.view') ? `/app/patients/${id}` : '/app/labs'
  if (draft.found === 'looking') return <Spinner label={t('lab.new')} />
  const { found } = draft
  const store = (rows: ResultValues[]) =>
    during(async () => {
      const address = { patient_id: id, ...(query.consultation ? { consultation_id: query.consultation } : {}) }
      for (const row of rows) {
        const data = { ...address, ...inputOf(withValue(row, {})) }
        await write({ name: 'labs.enter', scope: id, data })
      }
      await draft.drop()
      goOn(query.consultation ? `${back}/consultations/${query.consultation}` : back)
    })
  return (
    <Page title={t('lab.new')} back={back}>
      <div class="stack">
        <PatientStrip chart={chart} patientId={id} />
        {found ? <DraftFound at={found.at} onDrop={() => void draft.drop()} /> : null}
        <Card>
          <SeveralResults
            key={found ? found.at : 'empty'}
            initial={found?.value ?? [resultValuesOf({})]}
            isBusy={isBusy}
            onChange={draft.keep}
            onDone={store}
          />
          <DraftKept draft={draft} />
        </Card>
      </div>
    </Page>
  )
}

interface SeveralProps {
  initial: ResultValues[]
  isBusy: boolean
  onChange: (rows: ResultValues[]) => void
  onDone: (rows: ResultValues[]) => void | Promise<void>
}

function SeveralResults({ initial, isBusy, onChange, onDone }: SeveralProps) {
  const [rows, setRows] = useState(initial)
  const [problems, setProblems] = useState<Record<string, string | undefined>[]>([])
  const change = (next: ResultValues[]) => {
    setRows(next)
    onChange(next)
  }
  const finish = async () => {
    const found = rows.map((row) => resultProblems(row, {}))
    setProblems(found)
    if (found.every((each) => Object.values(each).every((problem) => !problem))) await onDone(rows)
    else showFirstFault()
  }
  // The next one was measured at the same time.
  const another = () => change([...rows, { ...resultValuesOf({}), result_date: rows.at(-1)!.result_date }])
  return (
    <Form onSubmit={() => void finish()}>
      {rows.map((row, index) => (
        <fieldset key={index} class="lab-row">
          <legend class={rows.length > 1 ? undefined : 'only-heard'}>{t('lab.row', { number: index + 1 })}</legend>
          <ResultFields
            values={row}
            problems={problems[index] ?? {}}
            change={(changes) => change(rows.with(index, { ...row, ...changes }))}
          />
          {rows.length > 1 ? (
            <div class="row">
              <Button kind="quiet" icon="trash" onClick={() => change(rows.toSpliced(index, 1))}>
                {t('lab.less')}
              </Button>
            </div>
          ) : null}
        </fieldset>
      ))}
      <div class="row">
        <Button type="submit" busy={isBusy}>
          {t('lab.save', { count: rows.length })}
        </Button>
        <Button kind="quiet" icon="plus" onClick={another}>
          {t('lab.more')}
        </Button>
      </div>
    </Form>
  )
}
