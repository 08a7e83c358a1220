import { Problem, Unavailable } from '#app/core/problem'
import { printJson, tell } from '#cli/output'
import { problemText, type ProblemText } from '#cli/problem_text'
import { text } from '#cli/texts'
import { isUsageError, usageSentences } from '#cli/usage_error'

interface Manner {
  asJson: boolean
  isVerbose: boolean
}

/** Says what went wrong and answers the exit code. With --json the standard output still gets its one JSON object. */
export function reportError(error: unknown, { asJson, isVerbose }: Manner): number {
  const exit = exitCodeOf(error)
  if (exit !== null) return exit
  const isUsage = !(error instanceof Problem) && isUsageError(error)
  const told = isUsage ? usageText(error) : describeError(error)
  if (asJson) printJson({ error: told })
  else for (const line of problemLines(told)) tell(line)
  if (isUsage && !asJson) tell(text('usage.see_help'))
  if (isVerbose) tell(stackOf(error))
  else if (!asJson && told.code === 'unexpected') tell(text('problems.unexpected.hint'))
  return isUsage ? 2 : 1
}

/** What an operator is told of an error that is no wrong usage. */
export function describeError(error: unknown): ProblemText {
  return problemText(nameOf(error))
}

/** A command that has said all it had to say ends by `this.exit(code)`. */
function exitCodeOf(error: unknown): number | null {
  const { code, oclif } = (error ?? {}) as { code?: string; oclif?: { exit?: number } }
  return code === 'EEXIT' ? (oclif?.exit ?? 1) : null
}

function usageText(error: Error): ProblemText {
  return { code: 'usage', title: text('usage.title'), detail: usageSentences(error).join(' ') }
}

export function problemLines({ title, detail, errors }: ProblemText): string[] {
  const sentence = detail ? text('problems.line', { title, detail }) : title
  return [sentence, ...(errors ?? []).map(fieldLine)]
}

function fieldLine({ pointer, detail }: { pointer: string; detail: string }) {
  return text('problems.field', { field: pointer.slice(1).replaceAll('/', '.'), detail })
}

class Unexpected extends Problem {
  readonly status = 500
}

/** The refusal that the operator can act upon, also where it comes wrapped in another. */
function nameOf(error: unknown): Problem {
  for (let one = error; one; one = (one as { cause?: unknown }).cause) {
    if (isSchemaMissing(one)) return new Unavailable('database_not_ready')
    const { code, help } = one as { code?: string; help?: string }
    if (code === 'E_INVALID_ENV_VARIABLES')
      return new Unavailable('bad_settings', { extra: { settings: settingsIn(help) } })
  }
  if (error instanceof Problem) return error
  return new Unexpected('unexpected', { extra: { message: messageOf(error) } })
}

function isSchemaMissing(error: unknown): boolean {
  const { code, message = '' } = error as { code?: string; message?: string }
  return code === 'ER_NO_SUCH_TABLE' || /no such table|run `medinfo migrate`/.test(message)
}

function settingsIn(help = ''): string[] {
  return help
    .split('\n')
    .map((line) => line.replace(/^- /, '').trim())
    .filter(Boolean)
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return [error.stack ?? error.message, ...(error.cause ? [`cause: ${stackOf(error.cause)}`] : [])].join('\n')
}
