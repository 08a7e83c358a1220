import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { KeptKind, KeptRow } from '#app/charts/chart_kinds'
import { historyInConsultationValidator, historyValidator } from '#app/charts/chart_validator'
import { formerVersions, rebuilt } from '#app/charts/former_versions'
import type { Actor } from '#app/core/actor'
import { fromSqlInstant } from '#app/core/clock'
import { readCursor, writeCursor, type Order, type Page } from '#app/core/keyset'
import { Invalid } from '#app/core/problem'
import { readCase } from '#app/core/read_case'

/** A record as it stood at one version, and what ended that; null for the one that stands now. */
export interface Version<Row> {
  row: Row
  replaced: { at: Date; by: string | null; via: string } | null
}

const NEWEST: Order = { list: 'history', column: 'version', kind: 'text', direction: 'desc' }

interface Paging {
  limit?: number
  cursor?: string
}

/** Every version of one record, the present one first: for whoever may open the record now. */
export function historyOf<Row extends KeptRow, Found extends Row>(kind: KeptKind<Row, Found>) {
  const name = `${kind.domain}.history` as const
  return readCase({
    name,
    input: (kind.isInConsultation ? historyInConsultationValidator : historyValidator) as typeof historyValidator,
    find: ({ id, ...path }: { id: string; consultation?: string }, { caller, client }) =>
      kind.find(id, { caller, client }, path.consultation),
    policy: kind.view,
    access: kind.toldAccess?.(name) as never,
    details: ({ rows }: Page<Version<Row>>) => ({ versions: rows.map(({ row }) => row.version) }),
    run: ({ subject, caller, client }, { limit, cursor }) =>
      versionsOf(kind, subject, caller.user, { limit, cursor }, client),
  })
}

async function versionsOf<Row extends KeptRow, Found extends Row>(
  kind: KeptKind<Row, Found>,
  present: Found,
  user: Actor,
  { limit = 25, cursor }: Paging,
  client: QueryClientContract
): Promise<Page<Version<Row>>> {
  const from = cursor ? Math.min(versionIn(cursor, present.uuid) - 1, present.version) : present.version
  const first: Version<Row>[] = from === present.version ? [{ row: present, replaced: null }] : []
  const former = await formerVersions(present, { upTo: from, limit: limit + 1 - first.length }, client)
  const rows = await rebuilt(kind, present, former.slice(0, limit - first.length), client)
  const versions = [...first, ...rows.map((row, index) => ({ row, replaced: replacedBy(former[index]!) }))]
  const hidden = versions.findIndex(({ row }) => kind.shows && !kind.shows(row, user, present))
  const hasMore = hidden < 0 && first.length + former.length > limit
  return {
    rows: hidden < 0 ? versions : versions.slice(0, hidden),
    nextCursor: hasMore ? writeCursor([String(versions.at(-1)!.row.version), present.uuid], NEWEST) : null,
  }
}

function replacedBy({ at, user_uuid: by, via }: { at: string; user_uuid: string | null; via: string }) {
  return { at: fromSqlInstant(at), by, via }
}

/** Errors: Invalid for a cursor of another record's history. */
function versionIn(cursor: string, uuid: string): number {
  const [version, of] = readCursor(cursor, NEWEST)
  if (of !== uuid || !/^\d{1,9}$/.test(version)) throw new Invalid([{ pointer: '/cursor', code: 'cursor' }])
  return Number(version)
}
