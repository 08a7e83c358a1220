import { BaseCommand } from '#cli/base_command'
import { Flags, limitFlag } from '#cli/flags'
import { howFar, jobData, kindName, problemOf } from '#cli/job_lines'
import { tableLines } from '#cli/table'
import { text } from '#cli/texts'

export default class JobList extends BaseCommand {
  static description = text('commands.job:list.description')
  static examples = ['medinfo job list --open']
  static flags = { open: Flags.boolean({ description: text('flags.open_jobs') }), limit: limitFlag() }

  async run() {
    const { flags } = await this.parse(JobList)
    await this.withApp(async (caller) => {
      const { listJobs } = await import('#app/jobs/list_jobs')
      const jobs = await listJobs(caller, { limit: flags.limit, open: flags.open })
      const data = jobs.map(jobData)
      this.answer(flags.json, { data, meta: {} }, () => {
        const headings = ['id', 'job', 'state', 'progress', 'began', 'reason'].map((column) =>
          text(`columns.${column}`)
        )
        const cells = data.map((job) => [
          ...[job.id, kindName(job.kind), text(`job.${job.state}`), howFar(job)],
          ...[job.created_at, problemOf(job)],
        ])
        return cells.length ? tableLines(headings, cells) : [text('job.none')]
      })
    })
  }
}
