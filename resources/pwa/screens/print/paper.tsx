import type { Chart, Held } from '#pwa/device/types'
import { medicalRecordOf, prescriptionOf } from '#pwa/screens/consultation/records_shown'
import { textOf } from '#pwa/screens/consultation/clinical_form'
import { nameOf, whoIs, whoText } from '#pwa/screens/patients/who'
import { routeText } from '#pwa/screens/prescription/route_text'
import { clinic } from '#pwa/screens/print/clinic'
import { usePrescriber } from '#pwa/screens/print/use_prescriber'
import { measurementsIn } from '#pwa/screens/record/measurement_text'
import { formatDate, formatNumber } from '#pwa/texts/format'
import { t } from '#pwa/texts/t'

/** What leaves the printer: who prescribes what to whom and when, and room for a hand to sign. */
export function Paper({ chart, prescriptions }: { chart: Chart; prescriptions: Held[] }) {
  const who = whoIs(chart.patient.data as never)
  const first = prescriptions[0] && prescriptionOf(prescriptions[0])
  const prescriber = usePrescriber(first?.prescribed_by)
  const weight = latestWeight(chart)
  return (
    <article class="paper" aria-label={t('prescription.print.title')}>
      <header class="paper-head">
        <div>
          <p class="paper-clinic">{clinic.value.name}</p>
          {clinic.value.lines.map((line) => (
            <p key={line} class="paper-line">
              {line}
            </p>
          ))}
        </div>
        <p>{formatDate(first?.prescribed_at ?? new Date())}</p>
      </header>
      <h2 class="paper-title">{t('prescription.print.title')}</h2>
      <dl class="paper-people">
        <div>
          <dt>{t('prescription.print.patient')}</dt>
          <dd>
            <strong>{nameOf(who)}</strong>
            <br />
            {whoText(who)}
            {weight ? ` · ${t('prescription.print.weight', { weight })}` : ''}
          </dd>
        </div>
        <div>
          <dt>{t('prescription.print.prescriber')}</dt>
          <dd>{prescriber ? <strong>{prescriber}</strong> : <span class="paper-blank" />}</dd>
        </div>
      </dl>
      <ol class="paper-medicines">
        {prescriptions.map((each) => (
          <Medicine key={each.id} held={each} />
        ))}
      </ol>
      <footer class="paper-foot">
        <p>{t('prescription.print.signature')}</p>
        <div class="paper-signature" />
      </footer>
    </article>
  )
}

function Medicine({ held }: { held: Held }) {
  const { medicine, dosage, route, duration, notes } = prescriptionOf(held)
  const way = route ? t('prescription.print.route', { route: routeText(route).toLowerCase() }) : null
  return (
    <li>
      <p class="paper-medicine">{medicine}</p>
      <p>{[dosage, way, duration].filter(Boolean).join(' · ')}</p>
      {notes ? <p class="paper-notes">{notes}</p> : null}
    </li>
  )
}

/** A dose for a child goes by the weight. */
function latestWeight(chart: Chart): string | null {
  const weighed = chart.records
    .map(medicalRecordOf)
    .filter(({ type, status }) => type === 'vital_signs' && status !== 'entered_in_error')
    .flatMap((record) => {
      const weight = measurementsIn(record).find(({ code, unit }) => code === '29463-7' && unit === 'kg')
      return weight ? [{ at: textOf(record.timeline_at ?? record.occurred_at), value: weight.value }] : []
    })
    .sort((one, other) => Date.parse(other.at) - Date.parse(one.at))
  return weighed[0] ? formatNumber(weighed[0].value, 1) : null
}
