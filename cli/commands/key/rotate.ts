import type { Caller } from '#app/core/caller'
import type { StartedRotation } from '#app/keys/start_rotation'
import { BaseCommand } from '#cli/base_command'
import { dryRunFlag, Flags } from '#cli/flags'
import { finishRotation, rotationLines } from '#cli/finish_rotation'
import { text } from '#cli/texts'
import { UsageError } from '#cli/usage_error'

type Start = (caller: Caller) => Promise<StartedRotation>

interface Asked {
  patient?: string
}

/** What can be changed, by its flag. */
const ROTATIONS: Record<string, (asked: Asked) => Promise<Start>> = {
  kek: async () => {
    const { rotateKek } = await import('#app/keys/start_rotation')
    return (caller) => rotateKek(caller, {})
  },
  master: async () => {
    const { rotateMaster } = await import('#app/keys/start_rotation')
    return (caller) => rotateMaster(caller, {})
  },
  index: async () => {
    const { rotateIndex } = await import('#app/rotations/rotate_index')
    return (caller) => rotateIndex(caller, {})
  },
  data: async ({ patient }) => {
    const { rotateDataKeys } = await import('#app/rotations/rotate_data_keys')
    return (caller) => rotateDataKeys(caller, { patient })
  },
}

const oneOf = (name: string) => {
  const others = Object.keys(ROTATIONS).filter((other) => other !== name)
  return Flags.boolean({ description: text(`flags.rotate_${name}`), exclusive: others })
}

export default class KeyRotate extends BaseCommand {
  static description = text('commands.key:rotate.description')
  static examples = ['medinfo key rotate --master --dry-run', 'medinfo key rotate --kek', 'medinfo key rotate --data']
  static flags = {
    'kek': oneOf('kek'),
    'master': oneOf('master'),
    'index': oneOf('index'),
    'data': oneOf('data'),
    'patient': Flags.string({ description: text('flags.rotate_patient'), helpValue: '<uuid>', dependsOn: ['data'] }),
    'dry-run': dryRunFlag(),
  }

  async run() {
    const { flags } = await this.parse(KeyRotate)
    const names = Object.keys(ROTATIONS)
    const chosen = names.find((name) => flags[name as keyof typeof flags])
    if (!chosen) throw new UsageError(text('usage.choose_one', { flags: names.map((name) => `--${name}`).join(', ') }))
    await this.withApp(async (caller) => {
      const start = await ROTATIONS[chosen]!(flags)
      const { job, counts } = await this.perform(caller, flags['dry-run'], start)
      const finished = flags['dry-run'] ? null : await finishRotation(job)
      const data = { ...counts, dry_run: flags['dry-run'], job: finished }
      this.answer(flags.json, { data }, () => this.lines(flags['dry-run'], ...rotationLines(chosen, counts, finished)))
    })
  }
}
