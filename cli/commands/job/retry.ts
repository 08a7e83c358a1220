import { BaseCommand } from '#cli/base_command'
import { dryRunFlag, Flags } from '#cli/flags'
import { jobData } from '#cli/job_lines'
import { text } from '#cli/texts'

export default class JobRetry extends BaseCommand {
  static description = text('commands.job:retry.description')
  static examples = [
    'medinfo job retry --id 019ace2b-7c1e-7d3a-9f10-2b6f0a7c4d11',
    'medinfo job retry --id 019ace2b-7c1e-7d3a-9f10-2b6f0a7c4d11 --here',
  ]
  static flags = {
    'id': Flags.string({ description: text('flags.job_id'), helpValue: 'uuid', required: true }),
    'here': Flags.boolean({ description: text('flags.job_here'), exclusive: ['dry-run'] }),
    'dry-run': dryRunFlag(),
  }

  async run() {
    const { flags } = await this.parse(JobRetry)
    await this.withApp(async (caller) => {
      const { retryJob } = await import('#app/jobs/retry_job')
      const job = await this.perform(caller, flags['dry-run'], (inner) => retryJob(inner, { id: flags.id }))
      const outcome = flags.here ? await this.runHere(flags.id) : null
      if (outcome === 'done') await job.refresh()
      this.answer(flags.json, { data: jobData(job) }, () =>
        this.lines(flags['dry-run'], text(outcome ? `job.here_${outcome}` : 'job.retried'))
      )
    })
  }

  private async runHere(id: string) {
    const { runJobHere } = await import('#cli/run_job_here')
    return runJobHere(id)
  }
}
