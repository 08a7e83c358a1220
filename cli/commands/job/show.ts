import { BaseCommand } from '#cli/base_command'
import { Flags } from '#cli/flags'
import { howFar, jobData, kindName, problemOf, type JobData } from '#cli/job_lines'
import { text } from '#cli/texts'

export default class JobShow extends BaseCommand {
  static description = text('commands.job:show.description')
  static examples = ['medinfo job show --id 019ace2b-7c1e-7d3a-9f10-2b6f0a7c4d11']
  static flags = {
    id: Flags.string({ description: text('flags.job_id'), helpValue: 'uuid', required: true }),
  }

  async run() {
    const { flags } = await this.parse(JobShow)
    await this.withApp(async (caller) => {
      const { showJob } = await import('#app/jobs/list_jobs')
      const job = await showJob(caller, { id: flags.id })
      const data = jobData(job)
      const position = job.position ? (JSON.parse(job.position) as { run?: string } | null) : null
      const run = job.kind === 'imports.run' ? (position?.run ?? null) : null
      this.answer(flags.json, { data: { ...data, ...(run && { import: run }) } }, () => [
        ...linesOf(data),
        ...(run ? [text('import.see', { id: run })] : []),
      ])
    })
  }
}

function linesOf(data: JobData): string[] {
  const { kind, state, started_at: started, ended_at: ended, not_before: next, attempts } = data
  const line = (name: string, value: string | number | null) => (value ? [text(`job.line_${name}`, { value })] : [])
  return [
    text('job.about', { kind: kindName(kind), state: text(`job.${state}`) }),
    ...line('progress', howFar(data)),
    ...line('started', started),
    ...line('ended', ended),
    ...line('attempts', state === 'done' ? null : attempts),
    ...line('problem', problemOf(data)),
    ...line('next', state === 'waiting' && data.problem ? next : null),
  ]
}
