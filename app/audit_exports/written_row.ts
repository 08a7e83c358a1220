import { AUDIT_COLUMNS, type AuditValue } from '#app/audit/audit_entry'
import type { ExportedRow } from '#app/audit_exports/export_rows'

export const FORMATS = ['csv', 'ndjson'] as const
export type Format = (typeof FORMATS)[number]

/** What the tree holds, whose rows they are, and the proof. */
const COLUMNS = [...AUDIT_COLUMNS, 'user_uuid', 'user_name'] as const
const PROOF_COLUMNS = ['leaf', 'proof'] as const

/** What a table program would run, and the sign that keeps it from doing so. */
const RUNS = /^[=+\-@\t\r\n']/

/** The first line of the file; JSON needs none. */
export function headingOf(format: Format, withProof: boolean): string {
  return format === 'csv' ? `${[...COLUMNS, ...(withProof ? PROOF_COLUMNS : [])].join(',')}\r\n` : ''
}

/** One row as it is in the file, with its end of line. Bytes are in hexadecimal, hashes in base64. */
export function writtenRow(format: Format, row: ExportedRow, hashes?: string[]): string {
  if (format === 'csv') {
    const cells = COLUMNS.map((column) => cellOf(row[column]))
    return `${[...cells, ...(hashes ? [row.leaf, hashes.join(' ')] : [])].join(',')}\r\n`
  }
  const values = Object.fromEntries(COLUMNS.map((column) => [column, textOf(row[column])]))
  return `${JSON.stringify({ ...values, ...(hashes && { leaf: Number(row.leaf), proof: hashes }) })}\n`
}

/** What comes last: a remark in CSV, a line like the others in NDJSON. */
export function footerLine(format: Format, footer: object): string {
  return format === 'csv' ? `# ${JSON.stringify(footer)}\r\n` : `${JSON.stringify(footer)}\n`
}

const textOf = (value: AuditValue) => (Buffer.isBuffer(value) ? value.toString('hex') : value)

/** RFC 4180. NULL is nothing at all, and an empty text two quotes. One ' before the value is never part of it. */
function cellOf(value: AuditValue): string {
  if (value === null) return ''
  const text = String(textOf(value))
  const safe = RUNS.test(text) ? `'${text}` : text
  return safe === '' || /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
