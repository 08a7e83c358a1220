import { useRef, useState } from 'preact/hooks'
import { Banner, Spinner } from '#pwa/design/surfaces'
import { write } from '#pwa/device/outbox'
import type { Held } from '#pwa/device/types'
import { changedBelow } from '#pwa/screens/consultation/changed_below'
import { textOf, type Values } from '#pwa/screens/consultation/clinical_form'
import { ConsultationForm, type Ending } from '#pwa/screens/consultation/consultation_form'
import { DraftFound, DraftKept } from '#pwa/screens/consultation/draft_banner'
import { Facts } from '#pwa/screens/consultation/facts'
import { useBusy } from '#pwa/screens/consultation/use_busy'
import { useDraft } from '#pwa/screens/consultation/use_draft'
import { rememberClinic } from '#pwa/screens/print/clinic'
import { t } from '#pwa/texts/t'

interface EditProps {
  patientId: string
  held: Held
  onDone: (isFinished: boolean) => void
}

/** What was typed, and the record as its writer saw it when they began: only what they changed is sent. */
interface Begun {
  values: Values
  seen: Values
}

export function ConsultationEdit({ patientId, held, onDone }: EditProps) {
  const draft = useDraft<Begun>(`consultation:${held.id}`, patientId)
  const [isBusy, during] = useBusy()
  const [round, setRound] = useState(0)
  const seen = useRef<Values | null>(null)
  const [typed, setTyped] = useState<Values>({})

  if (draft.found === 'looking') return <Spinner label={t('consultation.title')} />
  const begun = draft.found
  seen.current ??= begun?.value.seen ?? held.data
  const former = seen.current

  const startOver = (next: Values | null = null) => {
    seen.current = next
    setTyped({})
    setRound(round + 1)
  }
  const store = (data: Values) =>
    during(async () => {
      if (Object.keys(data).length) await write({ name: 'consultations.correct', id: held.id, scope: patientId, data })
      await draft.drop()
      void rememberClinic()
      // The signal of the record may come a moment later.
      startOver({ ...former, ...data })
      onDone((data.status ?? former.status) === 'finished')
    })
  const others = changedBelow(former, held.data, { ...begun?.value.values, ...typed })
  return (
    <div class="stack">
      {begun ? <DraftFound at={begun.at} onDrop={() => void draft.drop().then(() => startOver())} /> : null}
      {others.length ? (
        <Banner tone="warning">
          {t('consultation.draft_changed_below')}
          <Facts of={others.map((field) => [t(`consultation.${field}`), textOf(held.data[field])])} />
        </Banner>
      ) : null}
      <ConsultationForm
        key={round}
        patientId={patientId}
        initial={{ ...former, ...begun?.value.values }}
        former={former}
        isBusy={isBusy}
        onDone={store}
        onChange={(values) => {
          setTyped(values)
          draft.keep({ values, seen: former })
        }}
        endings={endingsOf(textOf(former.status))}
      />
      <DraftKept draft={draft} />
    </div>
  )
}

function endingsOf(status: string): Ending[] {
  if (status === 'planned')
    return [
      { label: t('consultation.begin'), status: 'in_progress' },
      { label: t('consultation.save'), status: 'planned', kind: 'quiet' },
    ]
  if (status === 'in_progress')
    return [
      { label: t('consultation.finish'), status: 'finished' },
      { label: t('consultation.keep'), status: 'in_progress', kind: 'quiet' },
    ]
  return [{ label: t('consultation.save') }]
}
