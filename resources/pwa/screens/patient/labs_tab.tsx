import { useMemo, useState } from 'preact/hooks'
import { Icon } from '#pwa/design/icon'
import { Badge, EmptyState, StandingBadge } from '#pwa/design/surfaces'
import type { Tone } from '#pwa/design/surfaces'
import type { Chart, Held } from '#pwa/device/types'
import { textOf } from '#pwa/screens/consultation/clinical_form'
import { resultMoment } from '#pwa/screens/lab/result_moment'
import { Curve } from '#pwa/screens/patient/curve'
import { resultText } from '#pwa/screens/patient/entry_words'
import { testsOf, type LabTest } from '#pwa/screens/patient/labs'
import { recordHref } from '#pwa/screens/patient/ways'
import { formatDate, formatShortDate } from '#pwa/texts/format'
import { t } from '#pwa/texts/t'

/** By test, the latest first; a test that is opened shows its curve and all of its results. */
export function LabsTab({ chart }: { chart: Chart }) {
  const tests = useMemo(() => testsOf(chart.labResults), [chart])
  if (!tests.length)
    return (
      <EmptyState icon="flask" title={t('patient.labs.empty')}>
        <p>{t('patient.labs.empty_detail')}</p>
      </EmptyState>
    )
  return (
    <div class="stack-close">
      {tests.map((test) => (
        <Test key={test.key} test={test} />
      ))}
    </div>
  )
}

function Test({ test }: { test: LabTest }) {
  const [isOpen, setIsOpen] = useState(false)
  const latest = test.results[0]!
  return (
    <details class="patient-test" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>
        <span class="patient-test-name">{test.name}</span>
        <span class="patient-test-latest">
          <strong>{resultText(latest)}</strong> <Flag result={latest} />
        </span>
        <span class="quiet small">
          {formatDate(resultMoment(latest.data).at)} · {t('patient.labs.count', { count: test.results.length })}
        </span>
        <span class="patient-test-open">
          <Icon name="next" size={20} />
        </span>
      </summary>
      {isOpen && (
        <div class="patient-test-body">
          {test.curve.at.length > 1 && (
            <Curve at={test.curve.at} rows={[{ label: test.name, values: test.curve.values }]} range={test.range} />
          )}
          <Results test={test} />
        </div>
      )}
    </details>
  )
}

const FLAG_TONES: Record<string, Tone | 'neutral'> = {
  L: 'warning',
  H: 'warning',
  A: 'warning',
  LL: 'danger',
  HH: 'danger',
  N: 'success',
}

function Flag({ result }: { result: Held }) {
  const flag = textOf(result.data.flag)
  const tone = FLAG_TONES[flag]
  return tone ? <Badge tone={tone}>{t(`lab.flag.${flag}`)}</Badge> : null
}

function Results({ test }: { test: LabTest }) {
  const label = t('patient.labs.table', { test: test.name })
  return (
    <div class="patient-table" tabIndex={0} role="region" aria-label={label}>
      <table>
        <caption class="only-heard">{label}</caption>
        <thead>
          <tr>
            <th scope="col">{t('patient.date')}</th>
            <th scope="col">{t('lab.result')}</th>
            <th scope="col">{t('lab.reference_range')}</th>
            <th scope="col">{t('lab.status')}</th>
          </tr>
        </thead>
        <tbody>
          {test.results.map((result) => (
            <tr key={result.id}>
              <th scope="row">
                <a href={recordHref(result)}>{formatShortDate(resultMoment(result.data).at)}</a>
                {result.standing !== 'sent' && <StandingBadge standing={result.standing} />}
              </th>
              <td>
                {resultText(result)} <Flag result={result} />
              </td>
              <td>{textOf(result.data.reference_range)}</td>
              <td>{t(`lab.status.${textOf(result.data.status) || 'registered'}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
