import vine from '@vinejs/vine'
import type { LucidRow, ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'
import type { SchemaTypes } from '@vinejs/vine/types'
import { selectRows } from '#app/core/insert_rows'
import { readCase, type ReadScope } from '#app/core/read_case'
import type { PolicyClass } from '#app/core/use_case'

/** As far as rows are counted, and as far as one may turn pages: beyond it a filter narrows. */
export const COUNTED = 10_000
const LARGEST_PAGE = 100

/** A page by number, and how many rows there are: `COUNTED + 1` says that there are more than anybody counts. */
export interface Browsed<Row> {
  rows: Row[]
  total: number
  /** By what they were narrowed. */
  filters: Record<string, unknown>
  /** Rows before it were not looked at. */
  since?: Date | null
}

interface Bounded {
  filters: Record<string, unknown>
  since: Date | null
}

interface BrowseDefinition<F extends Record<string, SchemaTypes>, Row extends LucidRow, Shown, P extends PolicyClass> {
  name: `${string}.${string}`
  policy: readonly [P, keyof InstanceType<P> & string]
  filters: F
  /** What one may sort by: the name that the door has, and the column. The first is the order of who asks for none. */
  sorts: Record<string, string>
  direction?: 'asc' | 'desc'
  /** The column that breaks ties. */
  tie: string
  /** Where filters together would read too much: what they are instead, and since when there may be a row. */
  bound?(scope: ReadScope, filters: Record<string, unknown>): Promise<Bounded>
  query(scope: ReadScope, filters: Record<string, unknown>): ModelQueryBuilderContract<any, Row>
  show(row: Row): Shown
  /** What the audit keeps of the page; the rows' uuids where it is left out. */
  details?(browsed: Browsed<Shown>): Record<string, unknown>
}

interface Asked {
  filters?: Record<string, unknown>
  sort?: string
  direction?: 'asc' | 'desc'
  offset: number
  limit: number
}

/**
 * A list for a person who turns pages, as the back office has: by number, sorted by one of few columns, counted up to a
 * bound. Everything else has a list by cursor.
 */
export function browse<F extends Record<string, SchemaTypes>, Row extends LucidRow, Shown, P extends PolicyClass>({
  name,
  policy,
  filters,
  sorts,
  direction = 'asc',
  tie,
  bound = async (_, asked) => ({ filters: asked, since: null }),
  query,
  show,
  details = ({ rows }) => ({ uuids: rows.map((row) => (row as { id: string }).id) }),
}: BrowseDefinition<F, Row, Shown, P>) {
  const [usual] = Object.keys(sorts)
  const input = vine.create({
    filters: vine.object(filters).optional(),
    sort: vine.enum(Object.keys(sorts)).optional(),
    direction: vine.enum(['asc', 'desc']).optional(),
    offset: vine.number().withoutDecimals().range([0, COUNTED]),
    limit: vine.number().withoutDecimals().range([1, LARGEST_PAGE]),
  })
  return readCase({
    name,
    input,
    find: () => null,
    policy,
    details,
    async run(scope, given): Promise<Browsed<Shown>> {
      const asked = given as Asked
      const { filters: by = {} } = asked
      const bounded = await bound(scope, by)
      const narrowed = query(scope, bounded.filters)
      const total = await countUpTo(narrowed, COUNTED + 1)
      const way = asked.direction ?? direction
      const column = sorts[asked.sort ?? usual!]!
      void narrowed.orderBy(column, way)
      // What is in order already needs no tie, by which no index goes on.
      if (column !== tie) void narrowed.orderBy(tie, way)
      const rows = await narrowed.offset(asked.offset).limit(asked.limit)
      return { rows: rows.map(show), total, filters: by, since: bounded.since }
    },
  })
}

/** Narrows to what begins like this, its letters in either case; `%` and `_` are only themselves. */
export function whereBegins(query: ModelQueryBuilderContract<any, any>, column: string, text: unknown) {
  void query.whereRaw(`${column} like ? escape '!'`, [`${String(text).replaceAll(/[!%_]/g, '!$&')}%`])
}

async function countUpTo(query: ModelQueryBuilderContract<any, any>, most: number): Promise<number> {
  const { sql, bindings } = query
    .clone()
    .clearSelect()
    .clearOrder()
    .select(query.client.raw('1 as one'))
    .limit(most)
    .toSQL()
  const [row] = await selectRows<{ n: number }>(query.client, `select count(*) as n from (${sql}) counted`, [
    ...bindings,
  ])
  return Number(row!.n)
}
