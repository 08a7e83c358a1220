import { Problem, type FieldError } from '#app/core/problem'
import { findText, language } from '#cli/texts'

export interface ProblemText {
  code: string
  title: string
  detail?: string
  errors?: { pointer: string; code: string; detail: string }[]
}

/** A refusal in the operator's language: as RFC 9457, with its further members. */
export function problemText(problem: Problem, of = language): ProblemText {
  const { code, extra, errors } = problem
  const say = (part: string) =>
    findText('cli', `problems.${code}.${part}`, extra, of) ?? findText('problems', `${code}.${part}`, extra, of)
  const field = ({ pointer, code: rule, params }: FieldError) => ({
    pointer,
    code: rule,
    detail: findText('validation', rule, params, of) ?? findText('validation', 'other', {}, of)!,
  })
  return {
    code,
    title: say('title') ?? findText('problems', 'other.title', {}, of)!,
    detail: say('detail'),
    ...extra,
    ...(errors ? { errors: errors.map(field) } : {}),
  }
}
