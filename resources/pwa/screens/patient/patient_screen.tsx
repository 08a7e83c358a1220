import { useLocation, useRoute } from 'preact-iso'
import type { ProblemBody } from '#app/sync/protocol'
import { Button } from '#pwa/design/button'
import { Page } from '#pwa/design/page'
import { Banner, EmptyState, Spinner } from '#pwa/design/surfaces'
import { Tabs } from '#pwa/design/tabs'
import type { Chart } from '#pwa/device/types'
import { textOf } from '#pwa/screens/consultation/clinical_form'
import { ActionsOfPatient } from '#pwa/screens/patient/actions_of_patient'
import { Allergies } from '#pwa/screens/patient/allergies'
import { IdentityCard } from '#pwa/screens/patient/identity_card'
import { LabsTab } from '#pwa/screens/patient/labs_tab'
import { mayReadRecords, useOpenedChart } from '#pwa/screens/patient/open_chart'
import { PrescriptionsTab } from '#pwa/screens/patient/prescriptions_tab'
import { TimelineTab } from '#pwa/screens/patient/timeline_tab'
import { UnreadableNote } from '#pwa/screens/patient/unreadable_note'
import { UnsentNotes } from '#pwa/screens/patient/unsent_notes'
import { VitalsTab } from '#pwa/screens/patient/vitals_tab'
import { nameOf } from '#pwa/screens/patients/who'
import { can } from '#pwa/session/session'
import { isOnline } from '#pwa/sync/sync'
import { t } from '#pwa/texts/t'
import '#pwa/screens/patient/patient.css'

const TABS = { timeline: TimelineTab, vitals: VitalsTab, labs: LabsTab, prescriptions: PrescriptionsTab }
type TabName = keyof typeof TABS

export default function PatientScreen() {
  const { id } = useRoute().params as { id: string }
  const { chart, from, isReading, problem } = useOpenedChart(id)
  if (!chart)
    return (
      <Page title={t('patient.title')} back="/app/patients">
        {isReading ? <Spinner label={t('patient.reading')} /> : <NotHere id={id} problem={problem} />}
      </Page>
    )
  const { data } = chart.patient
  return (
    <Page
      title={nameOf({ familyName: textOf(data.family_name), givenName: textOf(data.given_name) })}
      back="/app/patients"
    >
      <div class="stack">
        {from === 'server' && (
          <Banner tone="info">
            <p>{t('patient.from_server')}</p>
          </Banner>
        )}
        <UnreadableNote patientId={id} />
        <UnsentNotes patientId={id} />
        {holdsRecords(from) && <Allergies records={chart.records} />}
        <IdentityCard patient={chart.patient} />
        <ActionsOfPatient patientId={id} />
        {holdsRecords(from) && <Records chart={chart} />}
      </div>
    </Page>
  )
}

/** What the device holds, its person may read. */
const holdsRecords = (from: string) => from === 'device' || mayReadRecords()

/** Why, and what its reader may do about this patient all the same. */
function NotHere({ id, problem }: { id: string; problem: ProblemBody | null }) {
  const reason =
    problem?.detail ?? problem?.title ?? t(isOnline.value ? 'patient.not_here_detail' : 'patient.not_here_offline')
  const isForbidden = problem?.status === 403
  const way = isForbidden ? WAYS.find(({ permission }) => can(permission)) : undefined
  return (
    <EmptyState icon="patient" title={t('patient.not_here')}>
      <p>{reason}</p>
      {way && (
        <Button icon={way.icon} href={`/app/patients/${id}/${way.path}`}>
          {t(`patients.elsewhere.${way.name}`)}
        </Button>
      )}
    </EmptyState>
  )
}

const WAYS = [
  { name: 'enter_result', icon: 'flask', path: 'labs/new', permission: 'lab_results.enter' },
  { name: 'emergency', icon: 'emergency', path: 'emergency', permission: 'charts.break_glass' },
] as const

/** The chosen tab stays in the address, so that coming back from a record shows it. */
function Records({ chart }: { chart: Chart }) {
  const { query, path, route } = useLocation()
  const tab: TabName = query.tab && query.tab in TABS ? (query.tab as TabName) : 'timeline'
  const choose = (next: string) => route(`${path}?tab=${next}`, true)
  const Shown = TABS[tab]
  return (
    <Tabs
      label={t('patient.tabs')}
      tabs={Object.keys(TABS).map((value) => ({ value, label: t(`patient.tab.${value}`) }))}
      value={tab}
      onChange={choose}
    >
      <div class="patient-tab">
        <Shown chart={chart} />
      </div>
    </Tabs>
  )
}
