import { Banner } from '#pwa/design/banner'
import { patients, unreadableCharts } from '#pwa/device/held'
import { nameOf } from '#pwa/screens/patients/who'
import { t } from '#pwa/texts/t'

/** Charts that are not up to date though device and server agree: the server cannot read them. */
export function UnreadableSummary() {
  const charts = unreadableCharts.value
  if (!charts.length) return null
  const known = new Map(patients.value.map((patient) => [patient.id, patient]))
  return (
    <Banner tone="warning">
      <p>{t('sync.unreadable', { count: charts.length })}</p>
      <ul>
        {charts.map(({ scope, id }) => (
          <li key={scope}>
            {known.has(scope) ? (
              <a href={`/app/patients/${scope}`}>{nameOf(known.get(scope)!)}</a>
            ) : (
              t('sync.unreadable.elsewhere', { id })
            )}
          </li>
        ))}
      </ul>
    </Banner>
  )
}
