import { Choice as Cards, TextArea } from '#pwa/design/controls'
import { Field } from '#pwa/design/field'
import { Card } from '#pwa/design/surfaces'
import { fieldLabel, readable } from '#pwa/screens/conflict/field_values'
import { isWritable, type Choice, type Question } from '#pwa/screens/conflict/open_questions'
import { wordDiff } from '#pwa/screens/conflict/word_diff'
import { t } from '#pwa/texts/t'

interface FieldChoiceProps {
  question: Question
  choice: Choice | undefined
  onChoose: (choice: Choice) => void
}

/** One field: what each side says, how the texts differ, and which is to stand. */
export function FieldChoice({ question, choice, onChoose }: FieldChoiceProps) {
  const { field, base, mine, theirs } = question
  const label = fieldLabel(field)
  const sides = [
    { value: 'mine', label: t('sync.conflict.mine'), hint: readable(field, mine) },
    { value: 'theirs', label: t('sync.conflict.theirs'), hint: readable(field, theirs) },
  ]
  const written = isWritable(question) ? [{ value: 'written', label: t('sync.conflict.write') }] : []
  // What is written begins with the side chosen before, so that nobody types again what is there.
  const begun = String((choice?.side === 'theirs' ? theirs : mine) ?? '')
  const choose = (value: string) =>
    onChoose({
      side: value as Choice['side'],
      text: value === 'written' ? choice?.text || begun : (choice?.text ?? ''),
    })
  return (
    <Card title={label}>
      <Field label={t('sync.conflict.which', { field: label })} required>
        <Cards
          name={`conflict-${field}`}
          options={[...sides, ...written]}
          value={choice?.side ?? null}
          onChange={choose}
        />
      </Field>
      {choice?.side === 'written' && (
        <Field label={t('sync.conflict.written')} required>
          <TextArea
            value={choice.text}
            onInput={({ currentTarget }) => onChoose({ ...choice, text: currentTarget.value })}
          />
        </Field>
      )}
      <dl class="conflict-base">
        <dt>{t('sync.conflict.base')}</dt>
        <dd>{readable(field, base)}</dd>
      </dl>
      {isWritable(question) && mine && theirs ? <Difference mine={String(mine)} theirs={String(theirs)} /> : null}
    </Card>
  )
}

/** Marked by line and by word, not by colour alone, and said to whoever listens. */
function Difference({ mine, theirs }: { mine: string; theirs: string }) {
  return (
    <details class="conflict-difference">
      <summary>{t('sync.conflict.compare')}</summary>
      <p>
        {wordDiff(mine, theirs).map(({ kind, text }, index) => {
          if (kind === 'same') return <span key={index}>{text}</span>
          const said = <span class="only-heard">{t(`sync.conflict.${kind}`)}</span>
          return kind === 'removed' ? (
            <del key={index}>
              {said}
              {text}
            </del>
          ) : (
            <ins key={index}>
              {said}
              {text}
            </ins>
          )
        })}
      </p>
    </details>
  )
}
