import { useLocation, useRoute } from 'preact-iso'
import { useState } from 'preact/hooks'
import { Page } from '#pwa/design/page'
import { Banner, EmptyState, Spinner } from '#pwa/design/surfaces'
import type { ProblemBody } from '#app/sync/protocol'
import { write } from '#pwa/device/outbox'
import type { Held } from '#pwa/device/types'
import type { Values } from '#pwa/screens/consultation/clinical_form'
import { mayCorrect } from '#pwa/screens/patient/identity_card'
import { useOpenedChart } from '#pwa/screens/patient/open_chart'
import { PatientForm } from '#pwa/screens/patients/patient_form'
import { useGoingOn } from '#pwa/screens/use_going_on'
import { api, ask } from '#pwa/session/session'
import { t } from '#pwa/texts/t'

/** Corrects an identity: on the device and sent later, or at once for a patient whom the device does not hold. */
export default function CorrectScreen() {
  const { id } = useRoute().params as { id: string }
  const { route } = useLocation()
  const goOn = useGoingOn()
  const { chart, from, isReading } = useOpenedChart(id)
  const [problem, setProblem] = useState<ProblemBody | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  const [isUnchanged, setIsUnchanged] = useState(false)
  const back = `/app/patients/${id}`
  const keep = async (patient: Held, data: Values) => {
    setIsUnchanged(Object.keys(data).length === 0)
    if (Object.keys(data).length === 0) return
    setIsBusy(true)
    const refusal = from === 'device' ? await keepHere(id, data) : await keepThere(patient, data)
    setIsBusy(false)
    setProblem(refusal)
    if (!refusal) goOn(back)
  }
  return (
    <Page title={t('patient.correct.title')} back={back}>
      {isReading && <Spinner label={t('patient.reading')} />}
      {isUnchanged && (
        <Banner tone="info">
          <p>{t('patient.correct.unchanged')}</p>
        </Banner>
      )}
      {chart && mayCorrect() ? (
        <PatientForm
          former={chart.patient.data}
          error={problem}
          submitLabel={t('patient.correct.submit')}
          isBusy={isBusy}
          onDone={(data) => keep(chart.patient, data)}
          onCancel={() => route(back, true)}
        />
      ) : (
        !isReading && <EmptyState icon="patient" title={t('patient.not_here')} />
      )}
    </Page>
  )
}

async function keepHere(id: string, data: Values): Promise<ProblemBody | null> {
  await write({ name: 'patients.correct', id, scope: id, data })
  return null
}

async function keepThere({ id, data: { version } }: Held, data: Values): Promise<ProblemBody | null> {
  const body = { version, ...data } as never
  return (await ask(api.PATCH('/api/v1/patients/{id}', { params: { path: { id } }, body }))).problem ?? null
}
