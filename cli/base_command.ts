import { Command } from '@oclif/core/command'
import { Flags } from '#cli/flags'
import type { Caller } from '#app/core/caller'
import { print, printJson } from '#cli/output'
import { text } from '#cli/texts'

/** A command parses, calls a use-case and reports. What is heavy it imports inside `run()`. */
export abstract class BaseCommand extends Command {
  static baseFlags = {
    json: Flags.boolean({ description: text('flags.json') }),
    verbose: Flags.boolean({ description: text('flags.verbose') }),
  }

  abstract run(): Promise<void>

  /** Runs with the application booted, as the operator, and ends it however the work ends. */
  protected async withApp<T>(work: (caller: Caller) => Promise<T>): Promise<T> {
    const { openApp, operatorCaller } = await import('#cli/app_session')
    const close = await openApp()
    try {
      return await work(operatorCaller())
    } finally {
      await close()
    }
  }

  /** Calls a use-case, or with --dry-run does so in a transaction that is rolled back. */
  protected async perform<T>(caller: Caller, dryRun: boolean, call: (caller: Caller) => Promise<T>): Promise<T> {
    if (!dryRun) return call(caller)
    const { rehearse } = await import('#app/core/rehearse')
    return rehearse(caller, call)
  }

  /** The command's one answer: an object with --json, else lines. */
  protected answer(asJson: boolean, value: object, lines: () => string[]) {
    if (asJson) printJson(value)
    else for (const line of lines()) print(line)
  }

  protected lines(dryRun: boolean, ...lines: string[]): string[] {
    return dryRun ? [...lines, text('dry_run')] : lines
  }

  protected moreLines(nextCursor: string | null): string[] {
    return nextCursor ? ['', text('more', { cursor: nextCursor })] : []
  }

  /** The errors are told in one place, by `runCli`. */
  protected async catch(error: Error) {
    throw error
  }
}
