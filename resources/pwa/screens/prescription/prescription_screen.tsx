import { useState } from 'preact/hooks'
import { useRoute } from 'preact-iso'
import { Button } from '#pwa/design/button'
import { Page } from '#pwa/design/page'
import { Badge, Card, EmptyState, Spinner, StandingBadge } from '#pwa/design/surfaces'
import { write } from '#pwa/device/outbox'
import type { Held } from '#pwa/device/types'
import { AddendaCard } from '#pwa/screens/consultation/addenda_card'
import { Facts } from '#pwa/screens/consultation/facts'
import { PatientStrip } from '#pwa/screens/consultation/patient_strip'
import { consultationIdOf, prescriptionOf } from '#pwa/screens/consultation/records_shown'
import { RefusedHere } from '#pwa/screens/consultation/refused_here'
import { useBusy } from '#pwa/screens/consultation/use_busy'
import { useChart, useHeld } from '#pwa/screens/consultation/use_held'
import { routeText } from '#pwa/screens/prescription/route_text'
import { PrescriptionForm } from '#pwa/screens/prescription/prescription_form'
import { StopDialog } from '#pwa/screens/prescription/stop_dialog'
import { can } from '#pwa/session/session'
import { formatDateTime } from '#pwa/texts/format'
import { t } from '#pwa/texts/t'

export default function PrescriptionScreen() {
  const { id, pid } = useRoute().params as { id: string; pid: string }
  const chart = useChart(id)
  const held = useHeld('prescription', pid, chart)
  const back = `/app/patients/${id}`
  if (held === 'looking') return <Spinner label={t('prescription.title')} />
  return (
    <Page title={t('prescription.title')} back={back}>
      {held ? (
        <div class="stack">
          <PatientStrip chart={chart} />
          <RefusedHere held={held} />
          <PrescriptionCard patientId={id} held={held} />
          <AddendaCard name="prescriptions.add_addendum" held={held} chart={chart} />
        </div>
      ) : (
        <EmptyState icon="pill" title={t('prescription.unknown')} />
      )}
    </Page>
  )
}

function PrescriptionCard({ patientId, held }: { patientId: string; held: Held }) {
  const [isOpen, setOpen] = useState(false)
  const [isStopping, setStopping] = useState(false)
  const [isBusy, during] = useBusy()
  const { status = 'active' } = prescriptionOf(held)
  const consultation = consultationIdOf(held)
  const mayWrite = can('prescriptions.prescribe') && status === 'active'
  const title = (
    <span class="row">
      <Badge tone={status === 'active' ? 'success' : 'neutral'}>{t(`prescription.status.${status}`)}</Badge>
      <StandingBadge standing={held.standing} />
    </span>
  )
  if (isOpen)
    return (
      <Card title={title}>
        <PrescriptionForm
          patientId={patientId}
          initial={{ ...held.data, consultation, prescribed_at: null }}
          former={held.data}
          submitLabel={t('prescription.save_changes')}
          isBusy={isBusy}
          onCancel={() => setOpen(false)}
          onDone={(data) =>
            during(async () => {
              const order = { name: 'prescriptions.amend', id: held.id, scope: patientId, data } as const
              if (Object.keys(data).length) await write(order)
              setOpen(false)
            })
          }
        />
      </Card>
    )
  return (
    <Card title={title}>
      <div class="stack">
        <PrescriptionFacts held={held} />
        <div class="row">
          {mayWrite ? (
            <>
              <Button kind="quiet" icon="edit" onClick={() => setOpen(true)}>
                {t('prescription.amend')}
              </Button>
              <Button kind="danger" icon="close" onClick={() => setStopping(true)}>
                {t('prescription.stop')}
              </Button>
            </>
          ) : null}
          <Button kind="quiet" icon="print" href={`/app/patients/${patientId}/prescriptions/${held.id}/print`}>
            {t('prescription.print')}
          </Button>
        </div>
      </div>
      <StopDialog isOpen={isStopping} held={held} onClose={() => setStopping(false)} />
    </Card>
  )
}

function PrescriptionFacts({ held }: { held: Held }) {
  const { medicine, code, dosage, route, duration, notes, override_reason, prescribed_at } = prescriptionOf(held)
  const when = prescribed_at ?? held.writtenAt
  return (
    <Facts
      of={[
        [t('prescription.medicine'), medicine],
        [t('prescription.dosage'), dosage],
        [t('prescription.route'), route && routeText(route)],
        [t('prescription.duration'), duration],
        [t('prescription.notes'), notes],
        [t('prescription.code'), code],
        [t('prescription.override_reason'), override_reason],
        [t('prescription.prescribed_at'), when && formatDateTime(when)],
      ]}
    />
  )
}
