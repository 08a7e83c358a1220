import { useSignal } from '@preact/signals'
import type { OutboxItem } from '#pwa/device/types'
import { Button } from '#pwa/design/button'
import { Page } from '#pwa/design/page'
import { Banner, Card } from '#pwa/design/surfaces'
import { correctRefused, sendAgain, setAside } from '#pwa/device/outbox'
import { takesAddendumInstead } from '#pwa/screens/consultation/addendum_instead'
import { Readable } from '#pwa/screens/conflict/readable'
import { patientOf, whatOf } from '#pwa/screens/outbox/describe_item'
import { saveUnsent } from '#pwa/screens/outbox/save_file'
import { recordHref } from '#pwa/screens/patient/ways'
import { correctionOf } from '#pwa/screens/refused/corrections'
import { Reason } from '#pwa/screens/refused/reason'
import { t } from '#pwa/texts/t'

/** What the server would not take, why, and what can be done: correct it, send it again, or take it out as a file. */
export default function RefusedScreen({ item }: { item: OutboxItem }) {
  const isCorrecting = useSignal(false)
  const isToBeAdded = takesAddendumInstead(item)
  const Correction = isToBeAdded ? null : correctionOf(item.name)
  return (
    <Page title={t('sync.refused.title')} back="/app/outbox">
      <p>
        <strong>{patientOf(item)}</strong> · {whatOf(item)}
      </p>
      <Reason problem={item.problem} />
      {isCorrecting.value && Correction ? (
        <Card title={t('sync.refused.correct_title')}>
          <Correction
            item={item}
            onDone={(data) => correctRefused(item.mutationId, data)}
            onCancel={() => (isCorrecting.value = false)}
          />
        </Card>
      ) : (
        <Choices
          item={item}
          onCorrect={Correction ? () => (isCorrecting.value = true) : null}
          isToBeAdded={isToBeAdded}
        />
      )}
    </Page>
  )
}

interface ChoicesProps {
  item: OutboxItem
  onCorrect: (() => void) | null
  /** No correction is taken, and the record's own screen offers to add what was written. */
  isToBeAdded: boolean
}

function Choices({ item, onCorrect, isToBeAdded }: ChoicesProps) {
  const wasExported = useSignal(false)
  const save = async () => {
    await saveUnsent([item.mutationId])
    wasExported.value = true
  }
  return (
    <>
      <Card title={t('sync.refused.sent')}>
        <Readable data={item.data} />
      </Card>
      <div class="row">
        {onCorrect && (
          <Button icon="edit" onClick={onCorrect}>
            {t('sync.refused.correct')}
          </Button>
        )}
        {isToBeAdded && (
          <Button icon="plus" href={recordHref({ ...item, id: item.recordId })}>
            {t('sync.refused.addendum')}
          </Button>
        )}
        <Button
          kind={onCorrect || isToBeAdded ? 'quiet' : 'primary'}
          icon="send"
          onClick={() => void sendAgain(item.mutationId)}
        >
          {t('sync.refused.again')}
        </Button>
        <Button kind="quiet" icon="download" onClick={() => void save()}>
          {t('sync.refused.export')}
        </Button>
        <Button kind="quiet" disabled={!wasExported.value} onClick={() => void setAside(item.mutationId)}>
          {t('sync.refused.set_aside')}
        </Button>
      </div>
      {wasExported.value && <Banner tone="success">{t('sync.leaving.exported')}</Banner>}
      <p class="quiet small">{t('sync.refused.set_aside.hint')}</p>
    </>
  )
}
