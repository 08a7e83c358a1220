import { useLocation } from 'preact-iso'
import { useMemo, useRef, useState } from 'preact/hooks'
import { Button } from '#pwa/design/button'
import { TextInput } from '#pwa/design/controls'
import { Icon } from '#pwa/design/icon'
import { List, ListItem } from '#pwa/design/list'
import { Page } from '#pwa/design/page'
import { EmptyState, StandingBadge } from '#pwa/design/surfaces'
import { findPatients, patients } from '#pwa/device/held'
import type { PatientEntry } from '#pwa/device/types'
import { keepSearchHere, searchHere } from '#pwa/screens/patients/kept_search'
import { SearchElsewhere } from '#pwa/screens/patients/search_elsewhere'
import { useShownSoFar } from '#pwa/screens/patients/use_shown_so_far'
import { nameOf, WhoLine } from '#pwa/screens/patients/who'
import { can } from '#pwa/session/session'
import { formatNumber } from '#pwa/texts/format'
import { t } from '#pwa/texts/t'
import '#pwa/screens/patients/patient_list.css'

/** Everybody whom this device holds, found as one types. */
export default function PatientListScreen() {
  const { route } = useLocation()
  const [text, setText] = useState(searchHere)
  const found = useFound(text)
  const counted = { count: found.length, number: formatNumber(found.length) }
  const rows = useRef<HTMLDivElement>(null)
  const search = (next: string) => {
    setText(next)
    keepSearchHere(next)
  }
  const move = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const links = [...(rows.current?.querySelectorAll<HTMLElement>('a.list-item') ?? [])]
    const field = document.getElementById('patients-search')
    if (event.key === 'Enter' && event.target === field && links[0]) return route(links[0].getAttribute('href')!)
    if (!step || !links.length) return
    event.preventDefault()
    const next = links.indexOf(document.activeElement as HTMLElement) + step
    if (next < 0) field?.focus()
    else links[Math.min(next, links.length - 1)]!.focus()
  }
  return (
    <Page title={t('patients.title')} actions={<RegisterLink />}>
      <div class="stack" onKeyDown={move}>
        <div class="patients-search" role="search">
          <Icon name="search" />
          <TextInput
            id="patients-search"
            type="search"
            value={text}
            aria-label={t('patients.search')}
            placeholder={t('patients.search_hint')}
            autocomplete="off"
            spellcheck={false}
            onInput={(event) => search(event.currentTarget.value)}
          />
        </div>
        <p class={found.length ? 'quiet small' : 'only-heard'} role="status">
          {text.trim()
            ? t(found.length > MOST_FOUND ? 'patients.many_found' : 'patients.found', counted)
            : t('patients.held', counted)}
        </p>
        <div ref={rows} class="stack patients-rows">
          <FoundList found={text.trim() ? found.slice(0, MOST_FOUND) : found} of={text} />
          {found.length === 0 && <NobodyHere text={text} />}
          {text.trim() && can('patients.find') && <SearchElsewhere text={text.trim()} />}
        </div>
      </div>
    </Page>
  )
}

/** Whoever types one letter more sees fewer. */
const MOST_FOUND = 50

function useFound(text: string): PatientEntry[] {
  const all = patients.value
  return useMemo(() => (text.trim() ? findPatients(text, MOST_FOUND + 1) : all), [text, all])
}

function RegisterLink() {
  if (!can('patients.register')) return null
  return (
    <Button href="/app/patients/new" icon="plus">
      {t('patients.register.link')}
    </Button>
  )
}

function FoundList({ found, of }: { found: PatientEntry[]; of: string }) {
  const { count, hasMore, more, end } = useShownSoFar(found.length, of)
  return (
    <>
      <List label={t('patients.title')}>
        {found.slice(0, count).map((patient) => (
          <ListItem
            key={patient.id}
            href={`/app/patients/${patient.id}`}
            title={nameOf(patient)}
            detail={
              <>
                <WhoLine who={patient} /> {patient.standing !== 'sent' && <StandingBadge standing={patient.standing} />}
              </>
            }
          />
        ))}
      </List>
      {hasMore && (
        <button ref={end} type="button" class="button button-quiet" onClick={more}>
          {t('patients.more')}
        </button>
      )}
    </>
  )
}

function NobodyHere({ text }: { text: string }) {
  // Small, so that what comes next is in sight above a keyboard.
  if (text.trim()) return <p class="patients-nobody">{t('patients.nobody_found')}</p>
  if (!can('charts.view'))
    return (
      <EmptyState icon="search" title={t('patients.nobody_kept')}>
        {t('patients.nobody_kept_detail')}
      </EmptyState>
    )
  return (
    <EmptyState icon="patients" title={t('patients.nobody_held')}>
      {t('patients.nobody_held_detail')}
    </EmptyState>
  )
}
