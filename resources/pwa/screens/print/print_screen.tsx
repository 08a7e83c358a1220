import { useEffect, useState } from 'preact/hooks'
import { useRoute } from 'preact-iso'
import { Button } from '#pwa/design/button'
import { Checkbox } from '#pwa/design/controls'
import { Page } from '#pwa/design/page'
import { Card, EmptyState } from '#pwa/design/surfaces'
import type { Chart, Held } from '#pwa/device/types'
import { consultationIdOf, isActive, prescriptionOf } from '#pwa/screens/consultation/records_shown'
import { useChart } from '#pwa/screens/consultation/use_held'
import { rememberClinic } from '#pwa/screens/print/clinic'
import { Paper } from '#pwa/screens/print/paper'
import { t } from '#pwa/texts/t'
import '#pwa/screens/print/print.css'

/** One prescription, or all of a consultation; those of the same consultation can be printed with it. */
export default function PrintScreen() {
  const { id, pid, cid } = useRoute().params as { id: string; pid?: string; cid?: string }
  const chart = useChart(id)
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  useEffect(() => void rememberClinic(), [])
  const offered = offeredIn(chart, pid, cid)
  const chosen = offered.filter((each) => !left.has(each.id))
  const back = pid ? `/app/patients/${id}/prescriptions/${pid}` : `/app/patients/${id}/consultations/${cid}`
  const toggle = (prescription: string, isChosen: boolean) => {
    const next = new Set(left)
    if (isChosen) next.delete(prescription)
    else next.add(prescription)
    setLeft(next)
  }
  if (!chart || !offered.length)
    return (
      <Page title={t('prescription.print.title')} back={back}>
        <EmptyState icon="print" title={t('prescription.unknown')} />
      </Page>
    )
  return (
    <Page title={t('prescription.print.title')} back={back}>
      <div class="stack">
        <div class="print-choice stack">
          {offered.length > 1 ? (
            <Card title={t('prescription.print.choose')}>
              {offered.map((each) => (
                <Checkbox
                  key={each.id}
                  label={prescriptionOf(each).medicine}
                  checked={!left.has(each.id)}
                  onChange={(event) => toggle(each.id, event.currentTarget.checked)}
                />
              ))}
            </Card>
          ) : null}
          <div class="row">
            <Button icon="print" disabled={!chosen.length} onClick={() => window.print()}>
              {t('prescription.print.now')}
            </Button>
          </div>
        </div>
        <Paper chart={chart} prescriptions={chosen} />
      </div>
    </Page>
  )
}

function offeredIn(chart: Chart | null, pid: string | undefined, cid: string | undefined): Held[] {
  const all = [...(chart?.prescriptions ?? [])].sort((one, other) => whenOf(one) - whenOf(other))
  const asked = all.find(({ id }) => id === pid)
  const consultation = cid ?? (asked && consultationIdOf(asked))
  const others = all.filter((each) => each !== asked && consultationIdOf(each) === consultation && isActive(each))
  return asked ? [asked, ...others] : others
}

const whenOf = (held: Held) => Date.parse(prescriptionOf(held).prescribed_at ?? held.writtenAt ?? '') || 0
