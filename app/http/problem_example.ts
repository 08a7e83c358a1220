import { Problem } from '#app/core/problem'
import { EXAMPLE } from '#app/http/example_ids'
import { problemBody, type ProblemBody } from '#app/http/problem_body'
import { problemEntry } from '#app/http/problem_catalogue'

class Shown extends Problem {
  constructor(
    code: string,
    readonly status: number,
    more: ConstructorParameters<typeof Problem>[1]
  ) {
    super(code, more)
  }
}

/** The answer with this code as a caller would get it. */
export function problemExample(code: string, locale: string): ProblemBody {
  const { status, extra, errors } = problemEntry(code)!
  return problemBody(new Shown(code, status, { extra, errors: errors?.slice() }), locale, EXAMPLE.request)
}
