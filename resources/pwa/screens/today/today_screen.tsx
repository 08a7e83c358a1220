import { useLocation } from 'preact-iso'
import { useEffect, useState } from 'preact/hooks'
import { Button } from '#pwa/design/button'
import { List, ListItem } from '#pwa/design/list'
import { Page } from '#pwa/design/page'
import { EmptyState, Spinner, StandingBadge } from '#pwa/design/surfaces'
import { today } from '#pwa/device/held'
import type { TodayItem } from '#pwa/device/types'
import { dayOf } from '#pwa/screens/consultation/local_time'
import { UnreadableSummary } from '#pwa/screens/outbox/unreadable_summary'
import { ageText, nameOf } from '#pwa/screens/patients/who'
import { can } from '#pwa/session/session'
import { isOnline, syncNow, syncState } from '#pwa/sync/sync'
import { formatTime, formatWeekday } from '#pwa/texts/format'
import { t } from '#pwa/texts/t'
import '#pwa/screens/today/today.css'

/** What is under way is at the top, then what comes, then what is done. */
const STATES = ['in_progress', 'planned', 'finished'] as const

export default function TodayScreen() {
  const { route } = useLocation()
  const day = useToday()
  const items = today.value
  // Whoever opens no chart has no consultations: the laboratory and the desk begin elsewhere.
  useEffect(() => {
    if (!can('charts.view')) route(can('lab_results.enter') ? '/app/labs' : '/app/patients', true)
  }, [])
  return (
    <Page title={t('today.title')} actions={<Refresh />}>
      <div class="stack">
        <p class="today-day">{formatWeekday(new Date(`${day}T12:00:00`))}</p>
        <UnreadableSummary />
        {STATES.map((state) => (
          <Group
            key={state}
            state={state}
            items={items.filter(({ consultation }) => stateOf(consultation) === state)}
          />
        ))}
        {items.length === 0 && <NothingToday />}
      </div>
    </Page>
  )
}

const stateOf = ({ data }: TodayItem['consultation']) => data.status ?? 'finished'
const timeOf = ({ consultation }: TodayItem) => String(consultation.data.date)

function Group({ state, items }: { state: (typeof STATES)[number]; items: TodayItem[] }) {
  if (!items.length) return null
  const sorted = [...items].sort((one, other) => Date.parse(timeOf(one)) - Date.parse(timeOf(other)))
  return (
    <section class="today-group" aria-label={t(`today.${state}`, { count: items.length })}>
      <h2>{t(`today.${state}`, { count: items.length })}</h2>
      <List>
        {sorted.map((item) => (
          <ListItem
            key={item.consultation.id}
            href={`/app/patients/${item.patient.id}/consultations/${item.consultation.id}`}
            lead={<time class="today-time">{formatTime(timeOf(item))}</time>}
            title={nameOf(item.patient)}
            detail={<Detail item={item} />}
          />
        ))}
      </List>
    </section>
  )
}

function Detail({ item: { consultation, patient } }: { item: TodayItem }) {
  const said = [t(`patients.sex.${patient.sex}`), ageText(patient.dob), consultation.data.reason]
  return (
    <>
      {said.filter(Boolean).join(' · ')}{' '}
      {consultation.standing !== 'sent' && <StandingBadge standing={consultation.standing} />}
    </>
  )
}

function NothingToday() {
  const { phase, loaded, total } = syncState.value
  if (phase === 'loading' && loaded === 0) return <Spinner label={t('today.loading', { total })} />
  return (
    <EmptyState icon="today" title={t('today.nothing')}>
      <p>{t('today.nothing_detail')}</p>
      {can('consultations.record') && <Button href="/app/patients">{t('today.to_patients')}</Button>}
    </EmptyState>
  )
}

function Refresh() {
  const [isBusy, setIsBusy] = useState(false)
  if (!isOnline.value) return null
  const refresh = async () => {
    setIsBusy(true)
    await syncNow().finally(() => setIsBusy(false))
  }
  return (
    <Button kind="quiet" icon="sync" busy={isBusy} onClick={() => void refresh()}>
      {t('today.refresh')}
    </Button>
  )
}

/** The local day, also for whoever leaves the app open overnight. */
function useToday(): string {
  const [day, setDay] = useState(() => dayOf())
  useEffect(() => {
    const look = () => setDay(dayOf())
    const every = setInterval(look, 60_000)
    document.addEventListener('visibilitychange', look)
    return () => {
      clearInterval(every)
      document.removeEventListener('visibilitychange', look)
    }
  }, [])
  return day
}
