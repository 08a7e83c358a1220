import { useMemo } from 'preact/hooks'
import { Icon } from '#pwa/design/icon'
import { EmptyState, StandingBadge } from '#pwa/design/surfaces'
import type { Chart } from '#pwa/device/types'
import { textOf } from '#pwa/screens/consultation/clinical_form'
import { wordsOf } from '#pwa/screens/patient/entry_words'
import { byDay, timelineOf, type TimelineEntry } from '#pwa/screens/patient/timeline'
import { historyHref, recordHref } from '#pwa/screens/patient/ways'
import { useShownSoFar } from '#pwa/screens/patients/use_shown_so_far'
import { formatDay, formatTime } from '#pwa/texts/format'
import { t } from '#pwa/texts/t'

/** All that the chart holds, by day, the latest first. */
export function TimelineTab({ chart }: { chart: Chart }) {
  const entries = useMemo(() => timelineOf(chart), [chart])
  const { count, hasMore, more, end } = useShownSoFar(entries.length, chart.patient.id)
  if (!entries.length)
    return (
      <EmptyState icon="history" title={t('patient.timeline.empty')}>
        <p>{t('patient.timeline.empty_detail')}</p>
      </EmptyState>
    )
  return (
    <div class="stack">
      {byDay(entries.slice(0, count)).map(({ day, entries: ofDay }) => (
        <section key={day} class="patient-day" aria-label={formatDay(day)}>
          <h2>{formatDay(day)}</h2>
          <ul>
            {ofDay.map((entry) => (
              <Entry key={entry.held.id} entry={entry} />
            ))}
          </ul>
        </section>
      ))}
      {hasMore && (
        <button ref={end} type="button" class="button button-quiet" onClick={more}>
          {t('patients.more')}
        </button>
      )}
    </div>
  )
}

function Entry({ entry: { held, at, isDayOnly, addenda } }: { entry: TimelineEntry }) {
  const { icon, kind, title, detail } = wordsOf(held)
  const isVoid = held.data.status === 'entered_in_error' || held.data.status === 'cancelled'
  return (
    <li class={isVoid ? 'patient-entry patient-entry-void' : 'patient-entry'}>
      <span class={`patient-entry-icon patient-entry-${held.entity}`}>
        <Icon name={icon} size={20} />
      </span>
      <div class="patient-entry-text">
        <p class="patient-entry-kind">
          {!isDayOnly && (
            <>
              <time dateTime={at}>{formatTime(at)}</time> ·{' '}
            </>
          )}
          {kind}
        </p>
        <a class="patient-entry-title" href={recordHref(held)}>
          {title}
        </a>
        {detail && <p class="quiet">{detail}</p>}
        {addenda.map((addendum) => (
          <p key={addendum.id} class="patient-addendum">
            <strong>{t('consultation.addendum')}</strong> {textOf(addendum.data.text)}{' '}
            {addendum.standing !== 'sent' && <StandingBadge standing={addendum.standing} />}
          </p>
        ))}
        {held.standing !== 'sent' && <StandingBadge standing={held.standing} />}
      </div>
      <a class="patient-entry-history" href={historyHref(held)} aria-label={t('patient.history.of', { title })}>
        <Icon name="history" size={20} />
      </a>
    </li>
  )
}
