import { fieldsInConflict, fieldsTogether, sameValue, type Entity, type RecordData } from '#app/sync/protocol'
import { isShown } from '#pwa/screens/conflict/field_values'

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
}

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
  return {
    open: [...open]
      .filter((field) => isShown(field) && known(field))
      .map(question)
      .filter(isDifferent),
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
export function chosenData(data: Values, { open }: Questions, choices: Record<string, Choice>): Values | null {
  const answers = open.map((question) => [question.field, answerTo(question, choices[question.field])] as const)
  if (answers.some(([, answer]) => answer === undefined)) return null
  return { ...data, ...Object.fromEntries(answers) }
}

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
