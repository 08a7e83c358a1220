import { once } from 'node:events'
import { createWriteStream, existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { BaseCommand } from '#cli/base_command'
import { Flags } from '#cli/flags'
import { tell } from '#cli/output'
import { text } from '#cli/texts'
import { UsageError } from '#cli/usage_error'

export default class AuditExport extends BaseCommand {
  static description = text('commands.audit:export.description')
  static examples = [
    'medinfo audit export --from 2026-01-01 --to 2026-02-01 --output january.csv',
    'medinfo audit export --format ndjson --proof --output audit.ndjson',
  ]
  static flags = {
    from: Flags.string({ description: text('flags.since_moment'), helpValue: text('values.moment') }),
    to: Flags.string({ description: text('flags.until_moment'), helpValue: text('values.moment') }),
    patient: Flags.string({ description: text('flags.of_patient'), helpValue: 'uuid' }),
    user: Flags.string({ description: text('flags.user'), helpValue: text('values.user') }),
    format: Flags.string({ description: text('flags.format'), options: ['csv', 'ndjson'], default: 'csv' }),
    proof: Flags.boolean({ description: text('flags.proof') }),
    size: Flags.integer({ description: text('flags.former_size'), helpValue: text('values.number'), multiple: true }),
    output: Flags.string({ description: text('flags.output'), helpValue: text('values.path') }),
  }

  async run() {
    const { flags } = await this.parse(AuditExport)
    const { json, output, from, to, patient, user, format, proof, size: sizes } = flags
    if (json && !output) throw new UsageError(text('audit.json_needs_output'))
    if (output && existsSync(output)) throw new UsageError(text('audit.output_exists', { file: output }))
    await this.withApp(async (caller) => {
      const { sealNow } = await import('#app/anchors/prove_audit')
      const { exportAudit } = await import('#app/audit_exports/export_audit')
      // What is not sealed has no proof; a server that runs has sealed all but the last two seconds.
      if (proof) await sealNow(caller, {})
      const period = { from: momentOf(from), to: momentOf(to) }
      const { chunks, counts } = await exportAudit(caller, { ...period, patient, user, format, proof, sizes })
      await (output ? writeFile(output, chunks) : writeOut(chunks))
      const told = [
        text('audit.exported', { ...counts }),
        ...(proof && counts.unsealed ? [text('audit.exported_unsealed', { rows: counts.unsealed })] : []),
      ]
      if (output) this.answer(json, { file: output, ...counts }, () => told)
      else for (const line of told) tell(line)
    })
  }
}

/** A day begins at midnight in UTC, as the instants in the file are. */
const momentOf = (given?: string) => (/^\d{4}-\d\d-\d\d$/.test(given ?? '') ? `${given}T00:00:00Z` : given)

async function writeFile(file: string, chunks: AsyncGenerator<string>) {
  try {
    await pipeline(chunks, createWriteStream(file, { flags: 'wx', mode: 0o600 }))
  } catch (error) {
    // Half an export would look like one whose end was cut off.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') await rm(file, { force: true })
    throw error
  }
}

async function writeOut(chunks: AsyncGenerator<string>) {
  for await (const chunk of chunks) if (!process.stdout.write(chunk)) await once(process.stdout, 'drain')
}
