/** What a command answers, and nothing else, goes to the standard output; the rest goes to the error output. */
export function print(line = '') {
  process.stdout.write(`${line}\n`)
}

export function tell(line: string) {
  process.stderr.write(`${line}\n`)
}

export function printJson(value: unknown) {
  print(JSON.stringify(value, null, 2))
}
