import * as React from 'react'
import { useEffect, useState } from 'react'
import { MessageBox } from '@adminjs/design-system'
import { ApiClient, useTranslation, type RecordJSON } from 'adminjs'
import { Link } from 'react-router-dom'
import { followJob, ImportRefused, PAGE, startImport, tryImport, type Choice, type JobState } from './import_calls.js'
import { ImportedRows, RESOURCE, type ImportedReport } from './import_counts.js'
import { ImportReport } from './import_report.js'

interface Props {
  /** Null while something is missing. */
  choice: Choice | null
  /** A job of before that is still at it. */
  begun: string | null
  onImported(): void
}

type Trial = { percent: number } | { report: ImportedReport & { rows: number; rejected: number } }

/** The trial, the import, how far either is, and what came of it. */
export function ImportRun({ choice, begun, onImported }: Props) {
  const { translateComponent } = useTranslation()
  const say = (key: string, values?: Record<string, string>) => translateComponent(key, PAGE, values)
  const [trial, setTrial] = useState<Trial | null>(null)
  const [job, setJob] = useState<string | null>(begun)
  const [problem, setProblem] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const guarded = async (work: () => Promise<void>) => {
    setProblem(null)
    setTrial(null)
    setBusy(true)
    try {
      await work()
    } catch (error) {
      setTrial(null)
      setProblem(error instanceof ImportRefused ? error.message : say('cut_off'))
    } finally {
      setBusy(false)
    }
  }
  const rehearse = () =>
    guarded(async () => {
      setJob(null)
      setTrial({ percent: 0 })
      for await (const line of tryImport(choice!)) {
        if (line.refusal) throw new ImportRefused(String(line.refusal))
        if (line.report) return setTrial({ report: line.report as never })
        setTrial({ percent: percentOf(line as unknown as JobState) })
      }
      throw new Error('The lines ended before the report')
    })
  const begin = () => guarded(async () => setJob(await startImport(choice!)))
  const isIdle = choice !== null && !isBusy
  return (
    <section className="mi-card" aria-labelledby="run-title">
      <h2 id="run-title" style={{ fontSize: 20, lineHeight: '32px' }}>
        {say('import_title')}
      </h2>
      <p>{say('import_why')}</p>
      <div className="mi-row" style={{ paddingTop: 8 }}>
        <button type="button" className="mi-button" disabled={!isIdle} onClick={() => void rehearse()}>
          {say('try')}
        </button>
        <button type="button" className="mi-button mi-primary" disabled={!isIdle} onClick={() => void begin()}>
          {say('import')}
        </button>
      </div>
      <div role="status">
        {problem && <MessageBox variant="danger" message={problem} my="default" />}
        {trial && 'percent' in trial && <p>{say('trying', { percent: String(trial.percent) })}</p>}
        {trial && 'report' in trial && (
          <MessageBox
            variant="info"
            my="default"
            message={say('tried', { rows: numberOf(trial.report.rows), rejected: numberOf(trial.report.rejected) })}
          />
        )}
      </div>
      {trial && 'report' in trial && <ImportedRows report={trial.report} />}
      {job && <Following key={job} job={job} onImported={onImported} />}
    </section>
  )
}

function Following({ job, onImported }: { job: string; onImported(): void }) {
  const { translateComponent } = useTranslation()
  const say = (key: string, values?: Record<string, string>) => translateComponent(key, PAGE, values)
  const [told, setTold] = useState<JobState | null>(null)
  const [record, setRecord] = useState<RecordJSON | null>(null)
  useEffect(() => {
    const leaving = new AbortController()
    void (async () => {
      for await (const one of followJob(job, leaving.signal)) {
        setTold(one)
        if (one.state !== 'done' || !one.run) continue
        onImported()
        const asked = { resourceId: RESOURCE, recordId: one.run, actionName: 'show' }
        const { data } = await new ApiClient().recordAction(asked)
        setRecord(data.record)
      }
    })()
    return () => leaving.abort()
  }, [job])
  return (
    <>
      <div role="status">
        {told?.state === 'waiting' && <p>{say('waiting')}</p>}
        {told?.state === 'running' && <p>{say('importing', { percent: String(percentOf(told)) })}</p>}
        {told?.state === 'waiting' && told.problem && <p>{say('put_off', { problem: told.problem })}</p>}
        {told?.state === 'done' && <MessageBox variant="success" my="default" message={say('imported')} />}
        {told?.state === 'failed' && (
          <MessageBox variant="danger" my="default" message={say('import_failed', { problem: told.problem ?? '' })} />
        )}
      </div>
      {told?.state === 'running' && (
        <progress
          max={100}
          value={percentOf(told)}
          aria-label={say('importing', { percent: String(percentOf(told)) })}
        />
      )}
      {record && (
        <>
          <Link className="mi-link" to={`/admin/resources/${RESOURCE}/records/${record.id}/show`}>
            {say('see')}
          </Link>
          {Number(record.params.rejected) > 0 && <p>{say('again')}</p>}
          <ImportReport record={record} />
        </>
      )}
    </>
  )
}

const percentOf = ({ done, total }: Pick<JobState, 'done' | 'total'>) => (total ? Math.floor((100 * done) / total) : 0)
const numberOf = (count: number) => count.toLocaleString(document.documentElement.lang || undefined)
