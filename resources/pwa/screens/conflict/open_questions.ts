import { fieldsInConflict, fieldsTogether, sameValue } from '#app/sync/merging'
import type { Entity, RecordData } from '#app/sync/protocol'
import { isReleased } from '#pwa/screens/conflict/ended'
import { isShown } from '#pwa/screens/conflict/field_values'
import { valueIn } from '#pwa/screens/lab/result_values'

export type Values = Record<string, unknown>

export interface Question {
  field: string
  base: unknown
  mine: unknown
  theirs: unknown
}

export interface Questions {
  /** Both went different ways, or one did in a field that means something only together with another's. */
  open: Question[]
  /** Only this side changed them: they are kept. */
  mineAlone: Question[]
  /** What says the same as one that is open, in another form: it goes with it, whatever is chosen. */
  following: Question[]
}

/** The number that a result says in words: one cannot be chosen without the other. */
const followed = (entity: Entity, field: string) => (entity === 'lab_result' && field === 'value' ? 'result' : null)

/** What a person has to choose, field by field. What only the others changed stays as it is and needs nobody. */
export function questionsOf(
  { entity, base, data }: { entity: Entity; base: Values | null; data: Values },
  theirs: RecordData
): Questions {
  const former = base ?? {}
  const disputed = fieldsInConflict(entity, former, data, theirs)
  const question = (field: string): Question => {
    return { field, base: former[field], mine: field in data ? data[field] : former[field], theirs: theirs[field] }
  }
  const isDifferent = ({ mine, theirs: other }: Question) => !sameValue(mine, other)
  // Of fields that belong together the untouched ones too: else half of one side and half of the other would be chosen.
  const open = new Set(disputed.flatMap((field) => [field, ...fieldsTogether(entity, field)]))
  const known = (field: string) => field in data || field in former
  const isAsked = (field: string) =>
    isShown(field) && known(field) && (field !== 'status' || !isReleased(entity, theirs))
  const asked = [...open].filter(isAsked).map(question).filter(isDifferent)
  const isFollowing = ({ field }: Question) => asked.some((other) => other.field === followed(entity, field))
  return {
    open: asked.filter((each) => !isFollowing(each)),
    // Of a result that somebody writes anew, both sides' number is wrong, whether they agree or not.
    following: [...open].map(question).filter(isFollowing),
    mineAlone: Object.keys(data)
      .filter((field) => isShown(field) && !open.has(field))
      .map(question)
      .filter(isDifferent),
  }
}

export interface Choice {
  side: 'mine' | 'theirs' | 'written'
  /** What was written instead of both. */
  text: string
}

/** What is to stand: every field that this side wrote or that was asked about; null while a question is open. */
export function chosenData(data: Values, questions: Questions, choices: Record<string, Choice>): Values | null {
  const { open, following } = questions
  const answers = open.map((question) => [question.field, answerTo(question, choices[question.field])] as const)
  if (answers.some(([, answer]) => answer === undefined)) return null
  const numbers = following.map((question) => [question.field, numberFor(question, choices.result!)] as const)
  return { ...data, ...Object.fromEntries([...answers, ...numbers]) }
}

const numberFor = (question: Question, choice: Choice) =>
  choice.side === 'written' ? valueIn(choice.text) : answerTo(question, choice)

function answerTo({ mine, theirs }: Question, choice: Choice | undefined): unknown {
  if (!choice) return undefined
  if (choice.side === 'written') return choice.text.trim() === '' ? null : choice.text.trim()
  return (choice.side === 'mine' ? mine : theirs) ?? null
}

const TEXT = /^(?!.*(_at|_on|_code|_date|_system)$)(?!(date|dob|sex|status|flag|code|unit|value|type)$)/

/** Free text is what somebody may write anew; the rest is chosen, or corrected afterwards in its own form. */
export function isWritable({ field, mine, theirs }: Question): boolean {
  const isText = (value: unknown) => value === null || value === undefined || typeof value === 'string'
  return TEXT.test(field) && isText(mine) && isText(theirs)
}
