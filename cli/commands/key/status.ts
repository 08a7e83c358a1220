import type { KeyFacts, KeyStatus } from '#app/keys/key_status'
import { BaseCommand } from '#cli/base_command'
import { howFar, jobData, kindName } from '#cli/job_lines'
import { tableLines } from '#cli/table'
import { findText, text } from '#cli/texts'

export default class KeyStatusCommand extends BaseCommand {
  static description = text('commands.key:status.description')
  static examples = ['medinfo key status', 'medinfo key status --json']

  async run() {
    const { flags } = await this.parse(KeyStatusCommand)
    await this.withApp(async (caller) => {
      const { showKeyStatusAnyhow } = await import('#app/keys/key_status')
      const status = await showKeyStatusAnyhow(caller)
      this.answer(flags.json, { data: dataOf(status) }, () => linesOf(status))
      if (!status.provider.answers) this.exit(1)
    })
  }
}

function dataOf({ provider, keys, dataKeys, rotations }: KeyStatus) {
  const rows = keys.map(({ kind, name, state, wraps, wrappedBy, age, isDue }) => ({
    ...{ kind, name, state, wraps, wrapped_by: wrappedBy, age_days: age, due: isDue },
  }))
  return { provider, keys: rows, data_keys: dataKeys, rotations: openOf(rotations) }
}

function linesOf({ provider, keys, dataKeys, rotations }: KeyStatus): string[] {
  const headings = ['key', 'name', 'state', 'wraps', 'age_days', 'due'].map((column) => text(`columns.${column}`))
  const states = Object.entries(dataKeys).map(([state, count]) => `${count} ${stateName(state)}`)
  return [
    text(provider.answers ? 'key.provider' : 'key.provider_silent', { name: text(`key.providers.${provider.name}`) }),
    '',
    ...tableLines(headings, keys.map(cellsOf)),
    '',
    text('key.data_keys', { counts: states.join(', ') || 0 }),
    ...openOf(rotations).map((job) =>
      text('key.open', { kind: kindName(job.kind), progress: howFar(job), id: job.id })
    ),
  ]
}

/** What failed is told by `job list` and `doctor`. */
const openOf = (rotations: KeyStatus['rotations']) => rotations.filter(({ state }) => state !== 'failed').map(jobData)

function cellsOf({ kind, name, state, wraps, age, isDue }: KeyFacts) {
  return [text(`key.kinds.${kind}`), name, stateName(state), wraps, age, isDue ? text('key.is_due') : '']
}

function stateName(state: string): string {
  return findText('cli', `key.states.${state}`) ?? state
}
