import { useRoute } from 'preact-iso'
import { useEffect, useState } from 'preact/hooks'
import { Page } from '#pwa/design/page'
import { Banner, Card, EmptyState, Spinner, StandingBadge } from '#pwa/design/surfaces'
import type { ProblemBody, RecordData } from '#app/sync/protocol'
import { formerVersions, recordOf, type FormerVersion } from '#pwa/device/held'
import type { Held } from '#pwa/device/types'
import { fieldLabel, isShown, readable } from '#pwa/screens/conflict/field_values'
import { consultationIdOf } from '#pwa/screens/consultation/records_shown'
import { isVersioned, readHistory, type Version, type Versioned } from '#pwa/screens/patient/read_history'
import { me } from '#pwa/session/session'
import { isOnline } from '#pwa/sync/sync'
import { formatDateTime } from '#pwa/texts/format'
import { t } from '#pwa/texts/t'
import '#pwa/screens/patient/history.css'

interface Told {
  held: Held | null
  losers: FormerVersion[]
  versions: Version[]
  problem: ProblemBody | null
}

/** What a record said before: its versions from the server, and what lost a conflict on this device. */
export default function HistoryScreen() {
  const { id, entity, record } = useRoute().params as { id: string; entity: string; record: string }
  const told = useHistory(entity, record)
  return (
    <Page title={t('patient.history.title')} back={`/app/patients/${id}`}>
      {!told ? (
        <Spinner label={t('patient.reading')} />
      ) : (
        <div class="stack">
          {!isOnline.value && (
            <Banner tone="info">
              <p>{t('patient.history.offline')}</p>
            </Banner>
          )}
          {told.problem && (
            <Banner tone="warning">
              <p>{told.problem.detail ?? told.problem.title}</p>
            </Banner>
          )}
          <Unsent held={told.held} />
          {told.losers.map((loser) => (
            <Loser key={`${loser.at}${loser.by}`} loser={loser} />
          ))}
          {told.versions.map((version, index) => (
            <VersionCard key={version.version} version={version} before={told.versions[index + 1]} />
          ))}
          {!told.versions.length && !told.losers.length && told.held?.standing === 'sent' && (
            <EmptyState icon="history" title={t('patient.history.empty')} />
          )}
        </div>
      )}
    </Page>
  )
}

function useHistory(entity: string, record: string): Told | null {
  const [told, setTold] = useState<Told | null>(null)
  const isOn = isOnline.value
  useEffect(() => {
    let isCurrent = true
    void readAll(entity, record, isOn).then((all) => isCurrent && setTold(all))
    return () => {
      isCurrent = false
    }
  }, [entity, record, isOn])
  return told
}

async function readAll(entity: string, record: string, isOn: boolean): Promise<Told> {
  if (!isVersioned(entity)) return { held: null, losers: [], versions: [], problem: null }
  const [held, losers] = await Promise.all([recordOf(entity, record), formerVersions(record)])
  const answer = isOn ? await readVersions(entity, record, held) : null
  return { held, losers, versions: answer?.data?.rows ?? [], problem: answer?.problem ?? null }
}

const readVersions = (entity: Versioned, record: string, held: Held | null) =>
  readHistory(entity, record, String(held ? consultationIdOf(held) : ''))

/** What this device has on top, which the server does not know yet. */
function Unsent({ held }: { held: Held | null }) {
  if (!held || held.standing === 'sent') return null
  return (
    <Card title={t('patient.history.unsent')} actions={<StandingBadge standing={held.standing} />}>
      <Fields data={held.data} />
    </Card>
  )
}

function Loser({ loser }: { loser: FormerVersion }) {
  return (
    <Card title={t(`patient.history.lost_${loser.by}`)} tone="warning">
      <p class="quiet small">{t('patient.history.decided', { when: formatDateTime(loser.at) })}</p>
      <Fields data={loser.data} />
    </Card>
  )
}

function VersionCard({ version, before }: { version: Version; before?: Version }) {
  const changed = before && fieldsOf(version.data).filter((field) => !same(version.data[field], before.data[field]))
  return (
    <Card
      title={t(version.replaced_at ? 'patient.history.version' : 'patient.history.present', {
        version: version.version,
      })}
    >
      <p class="quiet small">{replacedText(version)}</p>
      <Fields data={version.data} changed={changed} />
    </Card>
  )
}

function replacedText({ replaced_at, replaced_by, data }: Version): string {
  if (!replaced_at) return t('patient.history.since', { when: formatDateTime(String(data.updated_at ?? '')) })
  const when = formatDateTime(replaced_at)
  return t(replaced_by === me.value?.id ? 'patient.history.replaced_by_me' : 'patient.history.replaced', { when })
}

const same = (one: unknown, other: unknown) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null)
const fieldsOf = (data: RecordData | FormerVersion['data']) =>
  Object.keys(data).filter((field) => isShown(field) && data[field] !== null && data[field] !== '')

/** What a version changed is marked by a word as well. */
function Fields({ data, changed = [] }: { data: RecordData | FormerVersion['data']; changed?: string[] }) {
  return (
    <dl class="history-fields">
      {fieldsOf(data).map((field) => (
        <div key={field} class={changed.includes(field) ? 'history-changed' : undefined}>
          <dt>
            {fieldLabel(field)}
            {changed.includes(field) && <span class="history-mark">{t('patient.history.changed')}</span>}
          </dt>
          <dd>{readable(field, data[field])}</dd>
        </div>
      ))}
    </dl>
  )
}
