import { findText } from '#app/core/find_text'
import { Problem } from '#app/core/problem'
import { toProblem } from '#app/core/to_problem'
import { ImportInterrupted } from '#app/imports/import_problems'
import { noticeOf } from '#admin/notice'

type Language = 'fr' | 'en'

/** Why an import is refused, with the line and key of a mapping that is wrong. Errors: what is no refusal goes on. */
export function refusalOf(
  error: unknown,
  language: Language
): { status: number; body: { refusal: string; code: string } } {
  const problem = toProblem(error instanceof ImportInterrupted ? error.cause : error)
  if (!(problem instanceof Problem)) throw error
  const { code, extra, status } = problem
  const sentence = findText('imports', `codes.${code}`, extra, language)
  if (!sentence) return { status, body: { refusal: noticeOf(problem, language).notice.message, code } }
  const { line, key } = extra
  const isInMapping = Boolean(line) && key !== undefined
  const placed = isInMapping && findText('imports', 'mapping_at', { line, key, sentence }, language)
  return { status, body: { refusal: placed || sentence, code } }
}

/** The same of what a job left behind: its code alone. */
export function wordsOfProblem(code: string, language: Language): string {
  const sentence =
    findText('imports', `codes.${code}`, {}, language) ??
    findText('problems', `${code}.title`, {}, language) ??
    findText('cli', `job.problems.${code}`, {}, language)
  return sentence && !/\{\w+/.test(sentence) ? sentence : code
}
