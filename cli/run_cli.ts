import { loadCommand, completeEntry, oclifConfig } from '#cli/oclif_config'
import { COMMANDS, TOPICS } from '#cli/commands'
import { print } from '#cli/output'
import { reportError } from '#cli/report_error'
import { UnknownCommand } from '#cli/usage_error'

/** Runs one command line. Answers the exit code: 0 done, 1 refused or failed, 2 wrong usage. */
export async function runCli(argv: string[]): Promise<number> {
  try {
    await dispatch(argv)
    return 0
  } catch (error) {
    return reportError(error, { asJson: hasFlag(argv, '--json'), isVerbose: hasFlag(argv, '--verbose') })
  }
}

async function dispatch(argv: string[]) {
  const config = await oclifConfig()
  const { id, rest } = splitId(argv)
  if (!id && ['--version', '-V'].includes(argv[0] ?? '')) return print(config.userAgent)
  if (asksForHelp(argv, id)) return showHelp(config, argv, id)
  if (!id) throw new UnknownCommand(wordsOf(argv).join(' ') || argv.join(' '), Object.keys(COMMANDS))
  const command = await loadCommand(id)
  await command.run(rest, config)
}

/** `medinfo user`, `medinfo help user create` and `--help` anywhere ask for help; `medinfo user crate` is an error. */
function asksForHelp(argv: string[], id: string | null) {
  const words = wordsOf(argv)
  const isTopic = words.length === 1 && (TOPICS as readonly string[]).includes(words[0]!)
  return argv.length === 0 || hasFlag(argv, '--help', '-h') || words[0] === 'help' || (!id && isTopic)
}

async function showHelp(config: Awaited<ReturnType<typeof oclifConfig>>, argv: string[], id: string | null) {
  const words = wordsOf(argv).filter((word, at) => at > 0 || word !== 'help')
  const asked = id ?? splitId(words).id
  const isKnown = asked !== null || words.length === 0 || (TOPICS as readonly string[]).includes(words.join(':'))
  if (!isKnown) throw new UnknownCommand(words.join(' '), Object.keys(COMMANDS))
  if (asked) await completeEntry(config, asked)
  const { Help } = await import('#cli/help')
  await new Help(config, { hideCommandSummaryInDescription: true }).showHelp(asked ? [asked] : words)
}

/** The longest run of leading words that is a command, and what follows it. */
function splitId(argv: string[]): { id: string | null; rest: string[] } {
  for (let length = wordsOf(argv).length; length > 0; length--) {
    const id = argv.slice(0, length).join(':')
    if (Object.hasOwn(COMMANDS, id)) return { id, rest: argv.slice(length) }
  }
  return { id: null, rest: argv }
}

function wordsOf(argv: string[]) {
  const end = argv.findIndex((word) => word.startsWith('-'))
  return end < 0 ? argv : argv.slice(0, end)
}

function hasFlag(argv: string[], ...names: string[]) {
  const end = argv.indexOf('--')
  return (end < 0 ? argv : argv.slice(0, end)).some((word) => names.includes(word))
}
