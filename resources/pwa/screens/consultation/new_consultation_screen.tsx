import { useRef } from 'preact/hooks'
import { useLocation, useRoute } from 'preact-iso'
import { Button } from '#pwa/design/button'
import { Page } from '#pwa/design/page'
import { Card, Spinner } from '#pwa/design/surfaces'
import { write } from '#pwa/device/outbox'
import type { Values } from '#pwa/screens/consultation/clinical_form'
import { additionsTo } from '#pwa/screens/consultation/additions'
import { ConsultationForm, type HeldStatus } from '#pwa/screens/consultation/consultation_form'
import { DraftFound, DraftKept } from '#pwa/screens/consultation/draft_banner'
import { PatientStrip } from '#pwa/screens/consultation/patient_strip'
import { useBusy } from '#pwa/screens/consultation/use_busy'
import { useDraft } from '#pwa/screens/consultation/use_draft'
import { useChart } from '#pwa/screens/consultation/use_held'
import { rememberClinic } from '#pwa/screens/print/clinic'
import { useGoingOn } from '#pwa/screens/use_going_on'
import { t } from '#pwa/texts/t'

export default function NewConsultationScreen() {
  const patientId = useRoute().params.id!
  const { route } = useLocation()
  const goOn = useGoingOn()
  const chart = useChart(patientId)
  const draft = useDraft<Values>(`consultation:new:${patientId}`, patientId)
  const [isBusy, during] = useBusy()
  const saver = useRef<((status: HeldStatus) => Promise<boolean>) | null>(null)
  const leadTo = useRef('')

  const store = (data: Values) =>
    during(async () => {
      const order = {
        name: 'consultations.record',
        scope: patientId,
        data: { patient_id: patientId, ...data },
      } as const
      const { id } = await write(order)
      await draft.drop()
      void rememberClinic()
      const path = `/app/patients/${patientId}/consultations/${id}`
      const isThere = goOn(path)
      if (isThere && leadTo.current) route(leadTo.current.replace(':consultation', id))
    })

  if (draft.found === 'looking') return <Spinner label={t('consultation.new')} />
  const { found } = draft
  return (
    <Page title={t('consultation.new')} back={`/app/patients/${patientId}`}>
      <div class="stack">
        <PatientStrip chart={chart} />
        {found ? <DraftFound at={found.at} onDrop={() => void draft.drop()} /> : null}
        <Card>
          <ConsultationForm
            key={found ? found.at : 'empty'}
            patientId={patientId}
            initial={found?.value}
            isBusy={isBusy}
            saver={saver}
            onDone={store}
            onChange={draft.keep}
            endings={[
              { label: t('consultation.finish'), status: 'finished' },
              { label: t('consultation.keep'), status: 'in_progress', kind: 'quiet' },
              { label: t('consultation.plan'), status: 'planned', kind: 'quiet' },
            ]}
          />
          <DraftKept draft={draft} />
        </Card>
        <Card title={t('consultation.within')}>
          <p class="quiet small">{t('consultation.within_hint')}</p>
          <div class="row">
            {additionsTo(patientId, ':consultation').map(({ label, icon, href }) => (
              <Button
                key={href}
                kind="quiet"
                icon={icon}
                onClick={() => {
                  leadTo.current = href
                  void saver.current?.('in_progress').then((isDone) => {
                    if (!isDone) leadTo.current = ''
                  })
                }}
              >
                {label}
              </Button>
            ))}
          </div>
        </Card>
      </div>
    </Page>
  )
}
