import { useSignal } from '@preact/signals'
import type { ServerVersion } from '#app/sync/protocol'
import type { OutboxItem } from '#pwa/device/types'
import { Button } from '#pwa/design/button'
import { Page } from '#pwa/design/page'
import { Banner, Card, Spinner } from '#pwa/design/surfaces'
import { isAction } from '#pwa/device/order'
import { settle } from '#pwa/device/outbox'
import { ActionInConflict } from '#pwa/screens/conflict/action_in_conflict'
import { hasEnded, isReleased } from '#pwa/screens/conflict/ended'
import { EndedMeanwhile } from '#pwa/screens/conflict/ended_meanwhile'
import { FieldChoice } from '#pwa/screens/conflict/field_choice'
import FormerVersions from '#pwa/screens/conflict/former_versions'
import { chosenData, questionsOf, type Choice } from '#pwa/screens/conflict/open_questions'
import { Readable } from '#pwa/screens/conflict/readable'
import { WhoAndWhen } from '#pwa/screens/conflict/who_and_when'
import { useDraft } from '#pwa/screens/consultation/use_draft'
import { DraftKept } from '#pwa/screens/consultation/draft_banner'
import { patientOf, whatOf } from '#pwa/screens/outbox/describe_item'
import { t } from '#pwa/texts/t'
import '#pwa/screens/conflict/conflict.css'

interface ConflictProps {
  item: OutboxItem
  theirs: ServerVersion
}

/** Mine, theirs and what both began with, field by field; what is not chosen stays in the record's history. */
export default function ConflictScreen({ item, theirs }: ConflictProps) {
  return (
    <Page title={t('sync.conflict.title')} back="/app/outbox">
      <p class="conflict-what">
        {patientOf(item)} · {whatOf(item)}
      </p>
      {isAction(item.name) ? (
        <ActionInConflict item={item} theirs={theirs} />
      ) : hasEnded(item.entity, theirs.data) ? (
        <EndedMeanwhile item={item} theirs={theirs} />
      ) : (
        <FieldsInConflict item={item} theirs={theirs} />
      )}
      <FormerVersions recordId={item.recordId} />
    </Page>
  )
}

type Choices = Record<string, Choice>

function FieldsInConflict({ item, theirs }: ConflictProps) {
  const questions = questionsOf(item, theirs.data)
  // Of these two versions: another conflict of the same write asks anew.
  const draft = useDraft<Choices>(`conflict:${item.mutationId}:${theirs.version}`)
  const changed = useSignal<Choices | null>(null)
  const isSaving = useSignal(false)
  if (draft.found === 'looking') return <Spinner label={t('common.loading')} />
  const choices = changed.value ?? draft.found?.value ?? {}
  const data = chosenData(item.data, questions, choices)
  const choose = (next: Choices) => {
    changed.value = next
    draft.keep(next)
  }
  const chooseAll = (side: 'mine' | 'theirs') =>
    choose(Object.fromEntries(questions.open.map(({ field }) => [field, { side, text: '' }])))
  const save = async () => {
    if (!data) return
    isSaving.value = true
    await settle(item.mutationId, data)
    await draft.drop()
  }
  return (
    <>
      <Banner tone="info">{t('sync.conflict.intro')}</Banner>
      {isReleased(item.entity, theirs.data) && <Banner tone="warning">{t('sync.conflict.released')}</Banner>}
      <WhoAndWhen item={item} theirs={theirs} />
      {questions.open.length > 1 && (
        <div class="row">
          <Button kind="quiet" onClick={() => chooseAll('mine')}>
            {t('sync.conflict.all_mine')}
          </Button>
          <Button kind="quiet" onClick={() => chooseAll('theirs')}>
            {t('sync.conflict.all_theirs')}
          </Button>
        </div>
      )}
      {questions.open.map((question) => (
        <FieldChoice
          key={question.field}
          question={question}
          choice={choices[question.field]}
          onChoose={(choice) => choose({ ...choices, [question.field]: choice })}
        />
      ))}
      {questions.mineAlone.length > 0 && (
        <Card>
          <p>{t('sync.conflict.merged')}</p>
          <Readable data={Object.fromEntries(questions.mineAlone.map(({ field, mine }) => [field, mine]))} />
        </Card>
      )}
      {!data && <p class="quiet">{t('sync.conflict.choose_each')}</p>}
      <div class="row">
        <Button disabled={!data} busy={isSaving.value} onClick={() => void save()}>
          {t('sync.conflict.settle')}
        </Button>
      </div>
      <DraftKept draft={draft} />
    </>
  )
}
