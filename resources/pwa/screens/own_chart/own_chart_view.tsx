import { useSignal } from '@preact/signals'
import { Icon } from '#pwa/design/icon'
import { Card } from '#pwa/design/surfaces'
import { Tabs } from '#pwa/design/tabs'
import { readable } from '#pwa/screens/conflict/field_values'
import { AccessLine } from '#pwa/screens/own_chart/access_line'
import { EntryLine, PrescriptionLine, ResultLine } from '#pwa/screens/own_chart/entry_line'
import {
  accessesOf,
  prescriptionsOf,
  resultsOf,
  timelineOf,
  type Allergy,
  type OwnPatient,
} from '#pwa/screens/own_chart/own_chart'
import { PagedList } from '#pwa/screens/own_chart/paged_list'
import { formatDay } from '#pwa/texts/format'
import { t } from '#pwa/texts/t'

const TABS = ['timeline', 'prescriptions', 'labs', 'accesses'] as const

export function OwnChart({ patient, allergies }: { patient: OwnPatient; allergies: Allergy[] }) {
  const tab = useSignal<string>('timeline')
  return (
    <>
      <Card title={`${patient.family_name} ${patient.given_name}`}>
        <p class="quiet">
          {t('own_chart.born', { date: formatDay(patient.dob) })} · {t('own_chart.mrn', { mrn: patient.mrn })}
        </p>
      </Card>
      <Allergies allergies={allergies} />
      <Tabs
        label={t('own_chart.title')}
        tabs={TABS.map((value) => ({ value, label: t(`own_chart.tab.${value}`) }))}
        value={tab.value}
        onChange={(value) => (tab.value = value)}
      >
        <TabContent key={tab.value} tab={tab.value} id={patient.id} />
      </Tabs>
    </>
  )
}

function TabContent({ tab, id }: { tab: string; id: string }) {
  const title = t(`own_chart.empty.${tab}`)
  if (tab === 'prescriptions')
    return (
      <PagedList
        pageOf={prescriptionsOf(id)}
        empty={{ icon: 'pill', title }}
        line={(row) => <PrescriptionLine key={row.id} prescription={row} />}
      />
    )
  if (tab === 'labs')
    return (
      <PagedList
        pageOf={resultsOf(id)}
        empty={{ icon: 'flask', title }}
        line={(row) => <ResultLine key={row.id} result={row} />}
      />
    )
  if (tab === 'accesses')
    return (
      <>
        <p class="own-chart-note">{t('own_chart.accesses.intro')}</p>
        <PagedList
          pageOf={accessesOf(id)}
          empty={{ icon: 'eye', title }}
          line={(row, index) => <AccessLine key={index} access={row} />}
        />
      </>
    )
  return (
    <PagedList
      pageOf={timelineOf(id)}
      empty={{ icon: 'document', title }}
      line={(row) => <EntryLine key={row.record.id} entry={row} />}
    />
  )
}

function Allergies({ allergies }: { allergies: Allergy[] }) {
  if (!allergies.length) return <Card title={t('own_chart.allergies')}>{t('own_chart.allergies.none')}</Card>
  return (
    <Card tone="danger" title={t('own_chart.allergies')}>
      <ul class="own-chart-allergies">
        {allergies.map(({ id, description, content }) => (
          <li key={id}>
            <Icon name="allergy" size={20} />
            <span>
              {description}
              {content?.severity ? ` · ${readable('severity', content.severity)}` : ''}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
