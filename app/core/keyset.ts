import type { LucidRow, ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'
import { fromSqlInstant, toSqlInstant } from '#app/core/clock'
import { isUuid } from '#app/core/ids'
import { Invalid } from '#app/core/problem'

/** One page of a list, and where the next one begins; null after the last. */
export interface Page<Row> {
  rows: Row[]
  nextCursor: string | null
  count?: number
}

export interface Order {
  /** Names the list: a cursor opens no other, nor the same one in another order. */
  list: string
  column: string
  kind: 'text' | 'day' | 'instant'
  direction: 'asc' | 'desc'
  /** What breaks ties where it is not the uuid: the column that the index has, and the row's public id, told in its stead. */
  tie?: { column: string; publicId: string }
  /** The column that is equal in the whole list and with which its index begins. */
  within?: string
}

const BY_UUID = { column: 'uuid', publicId: 'uuid' }

export type Position = [value: string, id: string]

/**
 * A page by keyset: the position is the last row's values, so that page 10,000 costs what page 1 does, and a row that is
 * added meanwhile neither repeats nor hides another. Ties are broken by uuid.
 * Errors: Invalid for a cursor that this list did not give.
 */
export async function pageOf<Row extends { $extras: Record<string, any> }>(
  query: ModelQueryBuilderContract<any, Row>,
  table: string,
  order: Order,
  { limit = 25, cursor }: { limit?: number; cursor?: string }
): Promise<Page<Row>> {
  beginAfter(query, table, order, { limit, after: cursor ? readCursor(cursor, order) : null })
  const rows = await query
  const last = rows[limit - 1]
  const hasMore = rows.length > limit
  return {
    rows: rows.slice(0, limit),
    nextCursor: hasMore && last ? writeCursor(positionOf(last), order) : null,
  }
}

/** A row that a list has next: where it stands, and what makes a record of it, which is worth it only for what is shown. */
export interface Found<Row> {
  position: Position
  toRow(): Row
}

/** The next rows after a position, and one more, which tells that there are others. Their encrypted fields are closed. */
export async function findBeyond<Row extends LucidRow>(
  query: ModelQueryBuilderContract<any, Row>,
  table: string,
  order: Order,
  next: Next
): Promise<Found<Row>[]> {
  beginAfter(query, table, order, next)
  const { model, clientOptions } = query
  const found: Record<string, any>[] = await query.pojo()
  return found.map((columns) => ({
    position: positionOf({ $extras: columns }),
    toRow: () => model.$createFromAdapterResult(columns, {}, clientOptions),
  }))
}

interface Next {
  limit: number
  after: Position | null
}

function beginAfter(query: ModelQueryBuilderContract<any, any>, table: string, order: Order, { limit, after }: Next) {
  const { column, direction, tie = BY_UUID } = order
  const [name, tied] = [`${table}.${column}`, `${table}.${tie.column}`]
  if (after) {
    const [value, id] = after
    const beyond = direction === 'asc' ? '>' : '<'
    const isOwn = tie.column === tie.publicId
    const own = isOwn ? '?' : `(select l.${tie.column} from ${table} l where l.${tie.publicId} = ?)`
    // The outer comparison alone lets the index find its start; a bare OR would make it scan.
    void query.where(name, `${beyond}=`, value).where((either) => {
      void either.where(name, beyond, value).orWhereRaw(`${tied} ${beyond} ${own}`, [id])
    })
    beginInIndex(query, table, order)
  }
  void query
    .select(`${name} as keyset_value`, `${table}.${tie.publicId} as keyset_id`)
    .orderBy(name, direction)
    .orderBy(tied, direction)
    .limit(limit + 1)
}

/**
 * Where a chart, or one person's work, is a large part of a table, MariaDB finds the equal column alone in the index and
 * reads all that lies before the position: 200,000 rows for page 8,000. Told to use the index it begins at the position.
 */
function beginInIndex(query: ModelQueryBuilderContract<any, any>, table: string, { within, column, tie }: Order) {
  const { client } = query
  if (!within || client.dialect.name !== 'mysql') return
  // A table's own number ends every index of it, without a name.
  const last = tie?.column === 'id' ? [] : [tie?.column ?? 'uuid']
  const index = [table, within, column, ...last, 'index'].join('_')
  void query.from(client.raw(`${table} force index (${index})`) as never)
}

/** Where a row stands in its list. */
function positionOf({ $extras }: { $extras: Record<string, any> }): Position {
  return [String($extras.keyset_value), String($extras.keyset_id)]
}

export function writeCursor(position: Position, order: Order): string {
  return Buffer.from(JSON.stringify([nameOf(order), ...position])).toString('base64url')
}

/** Errors: Invalid for a cursor that this list did not give. */
export function readCursor(cursor: string, order: Order): Position {
  try {
    const [of, value, uuid] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[]
    if (of === nameOf(order) && isValueOf(order.kind, value) && isUuid(String(uuid))) return [value, String(uuid)]
  } catch {
    // Not ours: refused below, like a cursor of another order.
  }
  throw new Invalid([{ pointer: '/cursor', code: 'cursor' }])
}

function nameOf({ list, column, direction }: Order): string {
  return `${list} ${column} ${direction}`
}

/** MySQL raises an error where a column of dates is compared with what is none. */
function isValueOf(kind: Order['kind'], value: unknown): value is string {
  if (typeof value !== 'string') return false
  if (kind === 'text') return true
  const instant = kind === 'day' ? `${value} 00:00:00.000` : value
  return toSqlInstant(fromSqlInstant(instant)) === instant
}
