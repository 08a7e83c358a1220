import { Button } from '#pwa/design/button'
import { Banner } from '#pwa/design/surfaces'
import { outbox } from '#pwa/device/outbox'
import type { Held } from '#pwa/device/types'
import { AddendumInstead, takesAddendumInstead } from '#pwa/screens/consultation/addendum_instead'
import { t } from '#pwa/texts/t'

/** What the server refused of this record; a correction that came too late goes on as an addendum. */
export function RefusedHere({ held }: { held: Held }) {
  const refused = outbox.value.filter((item) => item.recordId === held.id && item.state === 'refused')
  return (
    <>
      {refused.map((item) =>
        takesAddendumInstead(item) ? (
          <AddendumInstead key={item.mutationId} item={item} record={held} />
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
