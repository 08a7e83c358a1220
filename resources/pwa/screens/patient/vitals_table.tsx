import { StandingBadge } from '#pwa/design/surfaces'
import { withUnit } from '#pwa/screens/patient/entry_words'
import { readableUnit } from '#pwa/screens/patient/units'
import { drawnUnit, type Vitals } from '#pwa/screens/patient/vitals'
import { recordHref } from '#pwa/screens/patient/ways'
import { useShownSoFar } from '#pwa/screens/patients/use_shown_so_far'
import { VITAL_SIGNS, type VitalName } from '#pwa/screens/record/vital_signs'
import { formatNumber, formatShortDate, formatTime } from '#pwa/texts/format'
import { t } from '#pwa/texts/t'

/** The curves' numbers as they were written, and what has no curve. A unit that is not the column's stands beside it. */
export function VitalsTable({ vitals }: { vitals: Vitals[] }) {
  const { count, hasMore, more, end } = useShownSoFar(vitals.length, vitals)
  const kinds = VITAL_SIGNS.map(({ name }) => name).filter((name) => vitals.some(({ measured }) => measured[name]))
  const hasOthers = vitals.some(({ others }) => others.length)
  return (
    <>
      <div class="patient-table" tabIndex={0} role="region" aria-label={t('patient.vitals.table')}>
        <table>
          <caption>{t('patient.vitals.table')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('patient.date')}</th>
              {kinds.map((kind) => (
                <th key={kind} scope="col" class="patient-number">
                  {t(`record.sign.${kind}`)} <span class="quiet">{readableUnit(drawnUnit(kind))}</span>
                </th>
              ))}
              {hasOthers && <th scope="col">{t('patient.vitals.others')}</th>}
            </tr>
          </thead>
          <tbody>
            {vitals.slice(0, count).map((row) => (
              <tr key={row.record.id}>
                <th scope="row">
                  <a href={recordHref(row.record)}>{`${formatShortDate(row.at)} ${formatTime(row.at)}`}</a>
                  {row.record.standing !== 'sent' && <StandingBadge standing={row.record.standing} />}
                </th>
                {kinds.map((kind) => (
                  <td key={kind} class="patient-number">
                    {written(row, kind)}
                  </td>
                ))}
                {hasOthers && <td>{row.others.map((each) => `${each.name} ${withUnit(each)}`).join(', ')}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {hasMore && (
        <button ref={end} type="button" class="button button-quiet" onClick={more}>
          {t('patients.more')}
        </button>
      )}
    </>
  )
}

function written({ measured }: Vitals, kind: VitalName) {
  const measurement = measured[kind]
  if (!measurement) return <span class="only-heard">{t('patient.vitals.none')}</span>
  return measurement.unit === drawnUnit(kind) ? formatNumber(measurement.value, 6) : withUnit(measurement)
}
