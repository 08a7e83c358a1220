import { useState } from 'preact/hooks'
import { Button } from '#pwa/design/button'
import { Banner, Badge, Card, StandingBadge, type Tone } from '#pwa/design/surfaces'
import type { Held } from '#pwa/device/types'
import { CancelDialog } from '#pwa/screens/consultation/cancel_dialog'
import { ConsultationEdit } from '#pwa/screens/consultation/consultation_edit'
import { Facts } from '#pwa/screens/consultation/facts'
import { consultationOf } from '#pwa/screens/consultation/records_shown'
import { isPastWindow } from '#pwa/screens/consultation/correction_window'
import { can } from '#pwa/session/session'
import { formatDateTime, formatDay } from '#pwa/texts/format'
import { t } from '#pwa/texts/t'

const TONES: Record<string, Tone | 'neutral'> = { planned: 'info', in_progress: 'warning', finished: 'success' }

/** What was written: open for writing while the visit lasts, and to be opened again after it. */
export function ConsultationText({ patientId, held }: { patientId: string; held: Held }) {
  const consultation = consultationOf(held)
  const status = consultation.status ?? 'finished'
  const isOver = status === 'finished' || status === 'cancelled'
  const mayWrite = can('consultations.record') && status !== 'cancelled'
  const isLate = isPastWindow(consultation.doctor_id, consultation.created_at)
  const [isOpen, setOpen] = useState(mayWrite && !isOver && !isLate)
  const [isCancelling, setCancelling] = useState(false)
  const title = (
    <span class="row">
      <Badge tone={TONES[status] ?? 'neutral'}>{t(`consultation.status.${status}`)}</Badge>
      <StandingBadge standing={held.standing} />
    </span>
  )
  return (
    <Card title={title}>
      <div class="stack">
        {isLate && mayWrite ? <Banner tone="info">{t('consultation.window_over')}</Banner> : null}
        {isOpen ? (
          <ConsultationEdit patientId={patientId} held={held} onDone={(isFinished) => setOpen(!isFinished)} />
        ) : (
          <ConsultationFacts held={held} />
        )}
        {mayWrite ? (
          <div class="row">
            {isOpen ? null : (
              <Button kind="quiet" icon="edit" onClick={() => setOpen(true)}>
                {t(isLate ? 'consultation.correct_anyway' : 'consultation.correct')}
              </Button>
            )}
            {isLate ? null : (
              <Button kind="quiet" icon="trash" onClick={() => setCancelling(true)}>
                {t('consultation.cancel')}
              </Button>
            )}
          </div>
        ) : null}
      </div>
      <CancelDialog isOpen={isCancelling} held={held} onClose={() => setCancelling(false)} />
    </Card>
  )
}

function ConsultationFacts({ held }: { held: Held }) {
  const consultation = consultationOf(held)
  const { date, reason, notes, diagnosis, diagnosis_code, follow_up_on, cancel_reason } = consultation
  const code = [diagnosis, diagnosis_code && `(${diagnosis_code})`].filter(Boolean).join(' ')
  return (
    <Facts
      of={[
        [t('consultation.date'), date && formatDateTime(date)],
        [t('consultation.reason'), reason],
        [t('consultation.diagnosis'), code],
        [t('consultation.notes'), notes],
        [t('consultation.follow_up_on'), follow_up_on && formatDay(follow_up_on)],
        [t('consultation.cancel_reason'), cancel_reason],
      ]}
    />
  )
}
