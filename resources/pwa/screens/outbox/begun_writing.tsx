import { useSignal } from '@preact/signals'
import type { OutboxItem } from '#pwa/device/types'
import { Button } from '#pwa/design/button'
import { Dialog } from '#pwa/design/dialog'
import { Card } from '#pwa/design/surfaces'
import type { Begun } from '#pwa/screens/outbox/begun'
import { begunFile } from '#pwa/screens/outbox/begun_file'
import { saveFile } from '#pwa/screens/outbox/save_file'
import { useBegun } from '#pwa/screens/outbox/use_begun'
import { nameOf } from '#pwa/screens/patients/who'
import { me } from '#pwa/session/session'
import { formatDateTime } from '#pwa/texts/format'
import { t } from '#pwa/texts/t'

/** Writing that nobody finished, of patients who are not on this device: nothing of it goes unless its writer says so. */
export function BegunWriting({ items }: { items: OutboxItem[] }) {
  const { begun, drop } = useBegun(items)
  if (!begun.length) return null
  return (
    <section class="stack-close">
      <h2>{t('sync.group.begun')}</h2>
      <p class="outbox-hint">{t('sync.begun.hint')}</p>
      {begun.map((each) => (
        <One key={each.key} begun={each} onDrop={() => drop(each.key)} />
      ))}
    </section>
  )
}

/** It may go once it was exported, as what is set aside does. */
function One({ begun, onDrop }: { begun: Begun; onDrop: () => Promise<void> }) {
  const wasExported = useSignal(false)
  const isAsked = useSignal(false)
  const save = () => {
    saveFile(begunFile([begun], me.value))
    wasExported.value = true
  }
  const { kind, at, patient, href } = begun
  const { familyName, givenName = '' } = patient
  const who = familyName ? nameOf({ familyName, givenName }) : t('sync.unknown_patient')
  return (
    <Card title={who}>
      <div class="stack-close">
        <p class="outbox-hint">
          {t(`sync.begun.${kind}`)} · {t('sync.written', { at: formatDateTime(at) })}
        </p>
        <div class="row">
          {href && (
            <Button icon="edit" href={href}>
              {t('sync.begun.go_on')}
            </Button>
          )}
          <Button kind="quiet" icon="download" onClick={save}>
            {t('sync.refused.export')}
          </Button>
          <Button kind="quiet" icon="trash" disabled={!wasExported.value} onClick={() => (isAsked.value = true)}>
            {t('sync.begun.drop')}
          </Button>
        </div>
        {!wasExported.value && <p class="outbox-hint">{t('sync.begun.drop_hint')}</p>}
      </div>
      <Dialog
        open={isAsked.value}
        title={t('sync.begun.sure')}
        onClose={() => (isAsked.value = false)}
        actions={
          <>
            <Button kind="danger" onClick={() => void onDrop()}>
              {t('sync.begun.drop')}
            </Button>
            <Button kind="quiet" onClick={() => (isAsked.value = false)}>
              {t('sync.cancel')}
            </Button>
          </>
        }
      >
        <p>{t('sync.begun.sure_text')}</p>
      </Dialog>
    </Card>
  )
}
