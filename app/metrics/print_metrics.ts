import { readDatabase } from '#app/metrics/database_figures'
import { readProcess } from '#app/metrics/process_figures'
import { countOf, registry } from '#app/metrics/registry'
import { tally } from '#app/metrics/tally'

countOf(
  'medinfo_fields_unreadable_total',
  'Encrypted fields that could not be read: a lost key, or a damaged or moved ciphertext. 0 while all is well.',
  () => tally.fieldsUnreadable
)
countOf('medinfo_audit_groups_total', 'Inserts that wrote the audit of reads.', () => tally.auditGroups)
countOf('medinfo_audit_grouped_entries_total', 'Entries that these inserts wrote.', () => tally.auditGrouped)

/** Everything that is counted, as Prometheus reads it (text format 0.0.4). */
export async function printMetrics(): Promise<string> {
  readProcess()
  await readDatabase()
  return registry.metrics()
}

export const METRICS_TYPE = registry.contentType
