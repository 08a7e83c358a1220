import { isAudited } from '#app/core/audited'
import { Problem } from '#app/core/problem'
import { toProblem } from '#app/core/to_problem'
import { problemBody } from '#app/http/problem_body'

/** What an action's answer says besides the record. */
export interface Noticed {
  isDone: boolean
  answer: object
}

/** A refusal in the reader's language, at its fields where it names some. Errors: what is no refusal goes on. */
export function noticeOf(error: unknown, language: 'fr' | 'en') {
  const problem = toProblem(error)
  if (!(problem instanceof Problem) && !isAudited(problem)) throw error
  if (!(problem instanceof Problem)) throw problem
  const body = problemBody(problem, language)
  const at = (body.errors ?? []).map(({ pointer, detail }) => [pointer.split('/')[1], detail])
  return {
    notice: { message: [body.title, body.detail].filter(Boolean).join(' – '), type: 'error' as const },
    problem: body.code,
    fields: Object.fromEntries(at) as Record<string, string>,
  }
}
