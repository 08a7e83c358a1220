import { type Problem, type FieldError } from '#app/core/problem'
import type { Language } from '#app/setup/shell_environment'
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
  const sentence = findText('imports', `codes.${code}`, extra, of)
  if (sentence && !say('title')) return { ...extra, code, ...importText(sentence, extra, of) }
  const field = ({ pointer, code: rule, params }: FieldError) => ({
    pointer,
    code: rule,
    detail: findText('validation', rule, params, of) ?? findText('validation', 'other', {}, of)!,
  })
  return {
    ...extra,
    code,
    title: say('title') ?? findText('problems', 'other.title', {}, of)!,
    detail: say('detail'),
    ...(errors ? { errors: errors.map(field) } : {}),
  }
}

/** A mapping or a file that cannot be used; a mapping's fault has its line and key. */
function importText(sentence: string, { line, key }: Record<string, unknown>, of: Language) {
  const isInMapping = Boolean(line) && key !== undefined
  const detail = isInMapping ? findText('imports', 'mapping_at', { line, key, sentence }, of) : sentence
  return { title: findText('cli', 'problems.import_refused.title', {}, of)!, detail }
}
