import { Card } from '#pwa/design/surfaces'
import { setAside } from '#pwa/device/outbox'
import type { Held, OutboxItem } from '#pwa/device/types'
import { fieldLabel, isShown, readable } from '#pwa/screens/conflict/field_values'
import { AddendumForm, writeAddendum, type AddendumName } from '#pwa/screens/consultation/addenda_card'
import { t } from '#pwa/texts/t'

const ADDENDA: Partial<Record<Held['entity'], AddendumName>> = {
  consultation: 'consultations.add_addendum',
  prescription: 'prescriptions.add_addendum',
  medical_record: 'records.add_addendum',
  lab_result: 'labs.add_addendum',
}

/** Why a correction is refused whatever it says, while an addendum is taken. */
const CODES = ['addendum_required', 'consultation_cancelled', 'prescription_stopped']

export function takesAddendumInstead({ problem, entity, base }: OutboxItem): boolean {
  return base !== null && entity in ADDENDA && CODES.includes(problem?.code ?? '')
}

interface InsteadProps {
  item: OutboxItem
  record: Pick<Held, 'entity' | 'id' | 'scope' | 'data'>
}

/** The refused correction is set aside only once its words stand in an addendum: nothing of it is lost between. */
export function AddendumInstead({ item, record }: InsteadProps) {
  return (
    <Card tone="warning">
      <div class="stack">
        <p>{t('consultation.addendum_offered')}</p>
        <AddendumForm
          initial={wordsOf(item.data)}
          onDone={async (text) => {
            await writeAddendum(ADDENDA[record.entity]!, record, text)
            await setAside(item.mutationId)
          }}
        />
      </div>
    </Card>
  )
}

/** One field speaks for itself; several say which they are. */
function wordsOf(data: OutboxItem['data']): string {
  const said = Object.entries(data).filter(([field, value]) => isShown(field) && value !== null && value !== '')
  const lines = said.map(([field, value]) => [fieldLabel(field), readable(field, value)] as const)
  return lines.length === 1 ? lines[0]![1] : lines.map(([label, text]) => `${label}\u00a0: ${text}`).join('\n')
}
