import type { Finding, Notice } from '#app/audit/findings'
import { text } from '#cli/texts'

/** What is wrong and where: the row of the audit, the leaf, the checkpoint. */
export function findingLine({ kind, ...where }: Finding): string {
  return text('audit.finding', { what: text(`audit.findings.${kind}`, where), where: placeOf(where) }).trim()
}

export function noticeLine({ kind, ...where }: Notice): string {
  return text('audit.notice', { what: text(`audit.notices.${kind}`, where), where: placeOf(where) }).trim()
}

function placeOf({ uid, id, at, leaf, size, writer, number, place }: Omit<Finding, 'kind'>): string {
  const parts = Object.entries({ uid, id, at, leaf, size, writer, number, place })
  const told = parts.filter(([, value]) => value !== undefined && value !== null)
  return told.map(([name, value]) => text(`audit.where.${name}`, { value })).join(', ')
}
