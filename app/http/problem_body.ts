import i18nManager from '@adonisjs/i18n/services/main'
import { Problem, type FieldError } from '#app/core/problem'

export interface ProblemBody {
  type: string
  title: string
  status: number
  detail?: string
  code: string
  request_id?: string
  errors?: { pointer: string; code: string; detail: string }[]
}

/** RFC 9457, in the reader's language. What is not a Problem is a bug: it shows nothing but the request's id. */
export function problemBody(error: unknown, locale: string, requestId?: string): ProblemBody {
  const i18n = i18nManager.locale(locale)
  const text = (key: string, params?: Record<string, unknown>) => i18n.t(key, params, '')
  const problem = error instanceof Problem ? error : null
  const code = problem?.code ?? 'internal_error'
  const say = ({ pointer, code: rule, params }: FieldError) => ({
    pointer,
    code: rule,
    detail: text(`validation.${rule}`, params) || text('validation.other'),
  })
  return {
    type: `/problems/${code}`,
    title: text(`problems.${code}.title`) || text('problems.other.title'),
    status: problem?.status ?? 500,
    detail: text(`problems.${code}.detail`) || undefined,
    code,
    request_id: requestId,
    ...problem?.extra,
    ...(problem?.errors ? { errors: problem.errors.map(say) } : {}),
  }
}
