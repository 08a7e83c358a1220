interface Thrown {
  name?: string
  code?: string
  errno?: number
  sql?: string
  message?: string
  stack?: string
  cause?: unknown
}

const DATABASE = /^(ER_|SQLITE_)/
// Knex puts the statement before whatever went wrong, a lost connection included.
const STATEMENT =
  /^\s*(insert|update|delete|select|replace|begin|commit|rollback|savepoint|release|create|alter|drop|set|pragma)\b.* - /is

/**
 * An error as it may stand in a log. A database's error quotes the statement with its values, which are names and dates
 * of birth: of those only the code and the places in our code are kept. What reads JSON quotes it too, and it may be what a
 * record holds.
 */
export function loggable(error: unknown, depth = 0): Record<string, unknown> {
  const { name, code, errno, sql, message, stack, cause } = (error ?? {}) as Thrown
  const isDatabase = sql !== undefined || DATABASE.test(code ?? '') || STATEMENT.test(message ?? '')
  const isQuoting = isDatabase || name === 'SyntaxError'
  const frames = stack?.split('\n').filter((line) => line.trimStart().startsWith('at '))
  return {
    name,
    code,
    errno,
    message: isQuoting ? undefined : message,
    stack: frames?.join('\n'),
    ...(cause && depth < 3 ? { cause: loggable(cause, depth + 1) } : {}),
  }
}
