import { useState } from 'preact/hooks'
import type { MutationName } from '#app/sync/protocol'
import { Button } from '#pwa/design/button'
import { TextArea } from '#pwa/design/controls'
import { Field } from '#pwa/design/field'
import { List, ListItem } from '#pwa/design/list'
import { Card } from '#pwa/design/surfaces'
import { write } from '#pwa/device/outbox'
import type { Chart, Held } from '#pwa/device/types'
import { Detail } from '#pwa/screens/consultation/item_lines'
import { addendaOf, addendumOf, consultationIdOf } from '#pwa/screens/consultation/records_shown'
import { useBusy } from '#pwa/screens/consultation/use_busy'
import { can, me } from '#pwa/session/session'
import { formatDateTime } from '#pwa/texts/format'
import { t } from '#pwa/texts/t'

export type AddendumName = Extract<MutationName, `${string}.add_addendum`>

const WHO: Record<AddendumName, string> = {
  'consultations.add_addendum': 'consultations.record',
  'prescriptions.add_addendum': 'prescriptions.prescribe',
  'records.add_addendum': 'medical_records.observe',
  'labs.add_addendum': 'lab_results.enter',
}

type Written = Pick<Held, 'entity' | 'id' | 'scope' | 'data'>

export async function writeAddendum(name: AddendumName, held: Written, text: string) {
  const of = name === 'prescriptions.add_addendum' ? { consultation: consultationIdOf(held) } : {}
  await write({ name, scope: held.scope, data: { ...of, record_id: held.id, text: text.trim() } })
}

interface AddendaProps {
  name: AddendumName
  held: Held
  chart: Chart | null
}

export function AddendaCard({ name, held, chart }: AddendaProps) {
  const [isOpen, setOpen] = useState(false)
  const addenda = addendaOf(chart, held.id)
  const mayAdd = can(WHO[name])
  if (!mayAdd && !addenda.length) return null
  return (
    <Card title={t('consultation.addenda')}>
      <div class="stack">
        {addenda.length ? (
          <List label={t('consultation.addenda')}>
            {addenda.map((each) => (
              <AddendumItem key={each.id} held={each} />
            ))}
          </List>
        ) : null}
        {isOpen ? (
          <AddendumForm
            onDone={async (text) => {
              await writeAddendum(name, held, text)
              setOpen(false)
            }}
          />
        ) : mayAdd ? (
          <div class="row">
            <Button kind="quiet" icon="plus" onClick={() => setOpen(true)}>
              {t('consultation.addendum_add')}
            </Button>
          </div>
        ) : null}
      </div>
    </Card>
  )
}

function AddendumItem({ held }: { held: Held }) {
  const { text, created_at, author_id } = addendumOf(held)
  const when = created_at ?? held.writtenAt
  const isMine = author_id === undefined || author_id === me.value?.id
  const told = [when && formatDateTime(when), isMine ? t('consultation.by_me') : null]
  return <ListItem title={text} detail={<Detail of={told} held={held} />} />
}

interface AddendumFormProps {
  initial?: string
  onDone: (text: string) => Promise<void>
}

export function AddendumForm({ initial = '', onDone }: AddendumFormProps) {
  const [text, setText] = useState(initial)
  const [problem, setProblem] = useState<string>()
  const [isBusy, during] = useBusy()
  const add = () =>
    during(async () => {
      if (!text.trim()) return setProblem(t('consultation.addendum_needs_text'))
      await onDone(text)
    })
  return (
    <div class="stack">
      <Field label={t('consultation.addendum_text')} hint={t('consultation.addendum_hint')} error={problem} required>
        <TextArea value={text} onInput={(event) => setText(event.currentTarget.value)} />
      </Field>
      <div class="row">
        <Button busy={isBusy} onClick={() => void add()}>
          {t('consultation.addendum_add')}
        </Button>
      </div>
    </div>
  )
}
