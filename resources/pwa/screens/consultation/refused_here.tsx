import { Button } from '#pwa/design/button'
import { Banner, Card } from '#pwa/design/surfaces'
import { outbox, setAside } from '#pwa/device/outbox'
import type { Held, OutboxItem } from '#pwa/device/types'
import { AddendumForm, writeAddendum, type AddendumName } from '#pwa/screens/consultation/addenda_card'
import { t } from '#pwa/texts/t'

const ADDENDA: Partial<Record<Held['entity'], AddendumName>> = {
  consultation: 'consultations.add_addendum',
  prescription: 'prescriptions.add_addendum',
  medical_record: 'records.add_addendum',
  lab_result: 'labs.add_addendum',
}

/** What the server refused of this record; a correction that came too late goes on as an addendum. */
export function RefusedHere({ held }: { held: Held }) {
  const refused = outbox.value.filter((item) => item.recordId === held.id && item.state === 'refused')
  return (
    <>
      {refused.map((item) =>
        item.problem?.code === 'addendum_required' ? (
          <AddendumInstead key={item.mutationId} item={item} held={held} />
        ) : (
          <Banner
            key={item.mutationId}
            tone="danger"
            action={<Button href={`/app/outbox/${item.mutationId}`}>{t('consultation.see_refused')}</Button>}
          >
            {item.problem?.title ?? t('consultation.refused_item')}
          </Banner>
        )
      )}
    </>
  )
}

/** The refused correction is set aside only once its words stand in an addendum: nothing of it is lost between. */
function AddendumInstead({ item, held }: { item: OutboxItem; held: Held }) {
  const words = Object.entries(item.data).filter(([, value]) => typeof value === 'string')
  return (
    <Card tone="warning">
      <div class="stack">
        <p>{t('consultation.addendum_offered')}</p>
        <AddendumForm
          initial={words.map(([, value]) => value).join('\n')}
          onDone={async (text) => {
            await writeAddendum(ADDENDA[held.entity]!, held, text)
            await setAside(item.mutationId)
          }}
        />
      </div>
    </Card>
  )
}
