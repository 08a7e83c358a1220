import type { ProblemBody } from '#app/sync/protocol'
import { t } from '#pwa/texts/t'

/** What came back: what was asked for, or the refusal in the reader's language. */
export type Answer<Data> = { data: Data; problem?: undefined } | { data?: undefined; problem: ProblemBody }

interface Raw {
  data?: unknown
  error?: unknown
  response: Response
}
type DataOf<R extends Raw> = NonNullable<R['data']> extends { data: infer Data } ? Data : never

/** Takes an answer of the API apart; a network that is not there is a refusal like any other (`unreachable`). */
export async function ask<R extends Raw>(call: Promise<R>): Promise<Answer<DataOf<R>>> {
  try {
    const { data, error, response } = await call
    if (response.ok && data) return { data: (data as { data: DataOf<R> }).data }
    return { problem: asProblem(error, response.status) }
  } catch {
    return { problem: ownProblem('unreachable', 0) }
  }
}

function asProblem(body: unknown, status: number): ProblemBody {
  if (body && typeof body === 'object' && 'code' in body) return body as ProblemBody
  return ownProblem('unreadable', status)
}

/** A refusal that this device says by itself. */
function ownProblem(code: 'unreachable' | 'unreadable', status: number): ProblemBody {
  return { type: '', code, status, title: t(`common.${code}.title`), detail: t(`common.${code}.detail`) }
}

/** What a refusal says of one field of what was sent, by its name or its JSON pointer. */
export function errorAt(problem: ProblemBody | null | undefined, field: string): string | undefined {
  const pointer = field.startsWith('/') ? field : `/${field}`
  return problem?.errors?.find((error) => error.pointer === pointer)?.detail
}
