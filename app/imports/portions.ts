import { ahead } from '#app/imports/ahead'
import { now, toSqlInstant } from '#app/core/clock'
import type { Pace } from '#app/imports/pace'
import { prepareRows, type PreparedRow } from '#app/imports/prepare_rows'
import type { SourceTokens } from '#app/imports/source_tokens'
import type { Mapping } from '#app/mappings/mapping'
import { type MappedBatch, type ReadOptions, readMapped } from '#app/mappings/read_mapped'

/** The rows of one transaction, validated. */
export interface Portion {
  batch: MappedBatch
  rows: PreparedRow[]
  isLast: boolean
}

export interface PortionScope {
  mapping: Mapping
  options: { path: string } & Pick<ReadOptions, 'as' | 'partial'>
  country: string
  tokens: SourceTokens
  pace: Pace
}

/**
 * A server writes one portion while we prepare the next. SQLite writes in our own process: what was prepared meanwhile
 * would only hold its lock for longer.
 */
export function portionsOf(scope: PortionScope, dialect: string): AsyncGenerator<Portion> {
  const portions = preparePortions(scope)
  return dialect === 'mysql' ? ahead(portions) : portions
}

async function* preparePortions({ mapping, options, country, tokens, pace }: PortionScope): AsyncGenerator<Portion> {
  for await (const batch of readMapped(mapping, options.path, { as: options.as, partial: options.partial })) {
    for (let from = 0; from < batch.rows.length;) {
      const rows = batch.rows.slice(from, from + pace.rows)
      from += rows.length
      const prepared = await prepareRows(rows, { country, at: toSqlInstant(now()) }, tokens)
      yield { batch, rows: prepared, isLast: from >= batch.rows.length }
    }
  }
}
