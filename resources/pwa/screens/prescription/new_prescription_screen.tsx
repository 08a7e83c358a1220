import { useState } from 'preact/hooks'
import { useRoute } from 'preact-iso'
import { Page } from '#pwa/design/page'
import { Banner, Card, Spinner } from '#pwa/design/surfaces'
import { write } from '#pwa/device/outbox'
import type { Values } from '#pwa/screens/consultation/clinical_form'
import { DraftFound, DraftKept } from '#pwa/screens/consultation/draft_banner'
import { instantOf } from '#pwa/screens/consultation/local_time'
import { PatientStrip } from '#pwa/screens/consultation/patient_strip'
import { useBusy } from '#pwa/screens/consultation/use_busy'
import { useDraft } from '#pwa/screens/consultation/use_draft'
import { useChart } from '#pwa/screens/consultation/use_held'
import { PrescriptionForm } from '#pwa/screens/prescription/prescription_form'
import { useGoingOn } from '#pwa/screens/use_going_on'
import { t } from '#pwa/texts/t'

export default function NewPrescriptionScreen() {
  const { id, cid } = useRoute().params as { id: string; cid: string }
  const goOn = useGoingOn()
  const chart = useChart(id)
  const draft = useDraft<Values>(`prescription:new:${cid}`, id)
  const [isBusy, during] = useBusy()
  const [done, setDone] = useState<string[]>([])
  const back = `/app/patients/${id}/consultations/${cid}`

  const prescribe = async (data: Values) => {
    // The instant is the device's: what is sent tomorrow was prescribed today.
    const told = { consultation: cid, prescribed_at: instantOf(), ...data }
    await write({ name: 'prescriptions.prescribe', scope: id, data: told })
    await draft.drop()
  }
  if (draft.found === 'looking') return <Spinner label={t('prescription.new')} />
  const { found } = draft
  return (
    <Page title={t('prescription.new')} back={back}>
      <div class="stack">
        <PatientStrip chart={chart} />
        {done.map((medicine) => (
          <Banner key={medicine} tone="success">
            {t('prescription.done', { medicine })}
          </Banner>
        ))}
        {found ? <DraftFound at={found.at} onDrop={() => void draft.drop()} /> : null}
        <Card>
          <PrescriptionForm
            key={`${done.length} ${found?.at}`}
            patientId={id}
            initial={found?.value}
            isBusy={isBusy}
            onChange={draft.keep}
            onDone={(data) => during(async () => void goOn(await prescribe(data).then(() => back)))}
            onNext={(data) =>
              during(async () => {
                await prescribe(data)
                setDone([...done, String(data.medicine)])
              })
            }
          />
          <DraftKept draft={draft} />
        </Card>
      </div>
    </Page>
  )
}
