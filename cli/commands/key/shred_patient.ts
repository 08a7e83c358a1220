import type { Caller } from '#app/core/caller'
import { GROUNDS } from '#app/erasure/grounds'
import { BaseCommand } from '#cli/base_command'
import { listedData, listedLines, toldData, toldLine } from '#cli/erasure_lines'
import { dryRunFlag, Flags } from '#cli/flags'
import { text } from '#cli/texts'
import { tokenCaller } from '#cli/token_caller'
import { UsageError } from '#cli/usage_error'

const ACTIONS = ['request', 'approve', 'withdraw', 'list'] as const
const besides = (own: (typeof ACTIONS)[number]) => ACTIONS.filter((action) => action !== own)
const oneRequest = (own: 'approve' | 'withdraw') =>
  Flags.string({
    description: text(`flags.erasure_${own}`),
    helpValue: text('values.erasure'),
    exclusive: besides(own),
  })

export default class KeyShredPatient extends BaseCommand {
  static description = text('commands.key:shred-patient.description')
  static examples = [
    'medinfo key shred-patient --patient Q4X9M-2T7CB-8 --ground person_asked --request',
    'medinfo key shred-patient --approve 019ace2b-7c1e-7d3a-9f10-2b6f0a7c4d11',
    'medinfo key shred-patient --list',
  ]
  static flags = {
    'request': Flags.boolean({
      description: text('flags.erasure_request'),
      exclusive: besides('request'),
    }),
    'patient': Flags.string({ description: text('flags.erasure_patient'), helpValue: text('values.patient') }),
    'ground': Flags.string({ description: text('flags.erasure_ground'), options: [...GROUNDS] }),
    'reference': Flags.string({ description: text('flags.erasure_reference') }),
    'approve': oneRequest('approve'),
    'withdraw': oneRequest('withdraw'),
    'list': Flags.boolean({ description: text('flags.erasure_list'), exclusive: besides('list') }),
    'open': Flags.boolean({ description: text('flags.erasure_open') }),
    'dry-run': dryRunFlag(),
  }

  async run() {
    const { flags } = await this.parse(KeyShredPatient)
    if (!ACTIONS.some((action) => flags[action]))
      throw new UsageError(text('usage.choose_one', { flags: ACTIONS.map((name) => `--${name}`).join(', ') }))
    for (const needed of ['patient', 'ground'] as const)
      if (flags.request && !flags[needed]) throw new UsageError(text('usage.missing_flag', { flag: needed }))
    await this.withApp((operator) => (flags.list ? this.list(operator, flags) : this.decide(operator, flags)))
  }

  private async list(caller: Caller, { open, json }: { open: boolean; json: boolean }) {
    const { listErasures } = await import('#app/erasure/list_erasures')
    const listed = await listErasures(caller, { open })
    this.answer(json, { data: listed.map(listedData), meta: {} }, () => listedLines(listed))
  }

  private async decide(operator: Caller, flags: Asked) {
    const caller = await tokenCaller(operator)
    const isRehearsed = flags['dry-run']
    const { done, call } = await decisionOf(flags)
    const told = await this.perform(caller, isRehearsed, call)
    const data = { ...toldData(told), dry_run: isRehearsed }
    this.answer(flags.json, { data }, () => this.lines(isRehearsed, toldLine(done, told, isRehearsed)))
  }
}

interface Asked {
  'patient'?: string
  'ground'?: string
  'reference'?: string
  'approve'?: string
  'withdraw'?: string
  'dry-run': boolean
  'json': boolean
}

async function decisionOf({ approve, withdraw, patient, ground, reference }: Asked) {
  if (approve) {
    const { approveErasure } = await import('#app/erasure/approve_erasure')
    return { done: 'approved' as const, call: (as: Caller) => approveErasure(as, { id: approve }) }
  }
  if (withdraw) {
    const { withdrawErasure } = await import('#app/erasure/withdraw_erasure')
    return { done: 'withdrawn' as const, call: (as: Caller) => withdrawErasure(as, { id: withdraw }) }
  }
  const { requestErasure } = await import('#app/erasure/request_erasure')
  return { done: 'requested' as const, call: (as: Caller) => requestErasure(as, { patient, ground, reference }) }
}
