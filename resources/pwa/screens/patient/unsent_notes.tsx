import { Button } from '#pwa/design/button'
import { Banner } from '#pwa/design/surfaces'
import { outbox } from '#pwa/device/outbox'
import type { OutboxItem } from '#pwa/device/types'
import { t } from '#pwa/texts/t'

/** What the server refused of this patient, or holds otherwise: in its words, with the way to put it right. */
export function UnsentNotes({ patientId }: { patientId: string }) {
  const items = outbox.value.filter(({ scope, state }) => scope === patientId && isStuck(state))
  return (
    <>
      {items.map((item) => (
        <Banner
          key={item.mutationId}
          tone={item.state === 'conflict' ? 'warning' : 'danger'}
          action={
            <Button kind="quiet" href={`/app/outbox/${item.mutationId}`}>
              {t(`patient.unsent.${item.state === 'conflict' ? 'choose' : 'correct'}`)}
            </Button>
          }
        >
          <p>
            <strong>{t('patient.unsent.of', { what: t(`sync.what.${item.name}`) })}</strong> {reasonOf(item)}
          </p>
        </Banner>
      ))}
    </>
  )
}

const isStuck = (state: OutboxItem['state']) => state === 'refused' || state === 'conflict'

function reasonOf({ state, problem }: OutboxItem): string {
  if (state === 'conflict') return t('patient.unsent.conflict')
  const atFields = problem?.errors?.map(({ detail }) => detail).filter(Boolean) ?? []
  const said = (atFields.length ? atFields : [problem?.detail]).filter(Boolean)
  return said.length ? said.join(' ') : (problem?.title ?? '')
}
