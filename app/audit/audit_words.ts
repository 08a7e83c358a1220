import type { Finding, Notice } from '#app/audit/findings'

/** A text of `audit` in resources/lang/<language>/cli.json. */
export type SayOfAudit = (key: string, values?: Record<string, unknown>) => string

/** What is wrong and where: the row of the audit, the leaf, the checkpoint. */
export function findingSentence({ kind, ...where }: Finding, say: SayOfAudit): string {
  return say('audit.finding', { what: say(`audit.findings.${kind}`, where), where: placeOf(where, say) }).trim()
}

export function noticeSentence({ kind, ...where }: Notice, say: SayOfAudit): string {
  return say('audit.notice', { what: say(`audit.notices.${kind}`, where), where: placeOf(where, say) }).trim()
}

function placeOf(found: Omit<Finding, 'kind'>, say: SayOfAudit): string {
  const { uid, id, at, leaf, size, writer, number, place } = found
  const parts = Object.entries({ uid, id, at, leaf, size, writer, number, place })
  const told = parts.filter(([, value]) => value !== undefined && value !== null)
  return told.map(([name, value]) => say(`audit.where.${name}`, { value })).join(', ')
}
