import { findText, text } from '#cli/texts'

/** Nothing was tried: the command line itself is wrong. Exit code 2. */
export class UsageError extends Error {}

export class UnknownCommand extends UsageError {
  constructor(words: string, ids: string[]) {
    const near = nearest(words, ids)
    super(text('usage.unknown_command', { words }) + (near ? ` ${text('usage.did_you_mean', { command: near })}` : ''))
  }
}

/*
 * oclif's parser says what is wrong in English sentences only. Each is known here by its form; one that is not is shown
 * as it is, which a test of every kind of mistake would notice.
 */
const SENTENCES: [RegExp, string, ...string[]][] = [
  [/^Nonexistent flags?: (.+)/, 'nonexistent_flag', 'flags'],
  [/^Unexpected arguments?: (.+)/, 'unexpected_argument', 'arguments'],
  [/^Missing required flag (\S+)/, 'missing_flag', 'flag'],
  [/^Flag --(\S+) expects one of these values: (.+)/, 'flag_needs_one_of', 'flag', 'values'],
  [/^Flag --(\S+) expects a value/, 'flag_needs_value', 'flag'],
  [/^Flag --(\S+) can only be specified once/, 'flag_once', 'flag'],
  [/^Expected --(\S+?)=(.*) to be one of: (.+)/, 'not_one_of', 'flag', 'value', 'values'],
  [/^Expected an integer greater than or equal to (\S+) but received: (.*)/, 'too_small', 'min', 'value'],
  [/^Expected an integer less than or equal to (\S+) but received: (.*)/, 'too_large', 'max', 'value'],
  [/^Expected an integer but received: (.*)/, 'not_an_integer', 'value'],
  [/^--(\S+?)=.* cannot also be provided when using --(\S+)/, 'not_together', 'one', 'other'],
]

/** True for what oclif's parser refuses; its errors carry the exit code that oclif would end with. */
export function isUsageError(error: unknown): error is Error {
  return error instanceof UsageError || (error instanceof Error && 'oclif' in error)
}

/** One sentence a mistake, in the operator's language. */
export function usageSentences(error: Error): string[] {
  if (error instanceof UsageError) return error.message.split('\n')
  const [, flag, reason] = /^Parsing --(\S+)\s+([\s\S]*)$/.exec(error.message) ?? []
  const lines = (reason ?? error.message)
    .replace('\nSee more help with --help', '')
    .replace(/^The following errors? occurred:\s*/, '')
    .split('\n')
  const sentences = lines.map((line) => translate(line.trim())).filter(Boolean)
  return flag ? sentences.map((sentence) => text('usage.for_flag', { flag, sentence })) : sentences
}

function translate(line: string): string {
  // eslint-disable-next-line no-control-regex -- the parser dims its lines on a terminal
  const plain = line.replace(/\u001b\[[\d;]*m/g, '')
  for (const [form, key, ...names] of SENTENCES) {
    const match = form.exec(plain)
    if (match)
      return findText('cli', `usage.${key}`, Object.fromEntries(names.map((name, at) => [name, match[at + 1]])))!
  }
  return plain
}

function nearest(words: string, ids: string[]): string | undefined {
  const distances = ids.map((id) => ({
    id: id.replaceAll(':', ' '),
    far: editDistance(words, id.replaceAll(':', ' ')),
  }))
  const [best] = distances.sort((a, b) => a.far - b.far)
  return best && best.far <= 2 ? best.id : undefined
}

/** Levenshtein: insertions, deletions and substitutions from one word to the other. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, at) => at)
  for (let i = 1; i <= from.length; i++) {
    const next = [i]
    for (let j = 1; j <= to.length; j++)
      next[j] = Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (from[i - 1] === to[j - 1] ? 0 : 1))
    row = next
  }
  return row[to.length]!
}
