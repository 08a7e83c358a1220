import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { selectRows } from '#app/core/insert_rows'
import { foldName } from '#app/patients/names/fold_name'

/** The names in full (`sort_name`, family name first) that begin with what was typed: from `low`, below `high`. */
export interface TypedRange {
  low: string
  high: string
}

const MOST_WORDS = 4
const AFTER_ALL = '\u{10ffff}'

/** What was typed, and the same from each of its words on: `Amadou Kouyaté` is Kouyaté Amadou to us. */
export function typedRanges(name: string): TypedRange[] {
  const words = foldName(name).split(' ')
  const turns = words.slice(0, MOST_WORDS).map((_, n) => [...words.slice(n), ...words.slice(0, n)].join(' '))
  const distinct = [...new Set(turns)].filter((low) => low !== '')
  // What begins with a longer text begins with the shorter one too: nobody is to be found twice.
  const apart = distinct.filter((low) => !distinct.some((other) => other !== low && low.startsWith(other)))
  return apart.map((low) => ({ low, high: low + AFTER_ALL }))
}

/** The names in full that begin with this: family names. `low` is empty where nothing of it is a letter. */
export function nameRange(name: string): TypedRange {
  const low = foldName(name)
  return { low, high: low + AFTER_ALL }
}

/** The first of a range by name, after the patient `from`. */
export async function readTyped(
  typed: TypedRange[],
  range: number,
  from: number | null,
  wanted: number,
  client: QueryClientContract
): Promise<{ id: number; token: string }[]> {
  const { low, high } = typed[range]!
  const [last] = from
    ? await selectRows<{ sort_name: string; uuid: string }>(
        client,
        'select sort_name, uuid from patients where id = ?',
        [from]
      )
    : []
  const after = last ? ' and (sort_name > ? or uuid > ?)' : ''
  const rows = await selectRows<{ id: number }>(
    client,
    `select id from patients where sort_name >= ? and sort_name < ?${after} and coalesce(retired_at, merged_into_id) is null
     order by sort_name, uuid limit ${wanted}`,
    [last?.sort_name ?? low, high, ...(last ? [last.sort_name, last.uuid] : [])]
  )
  return rows.map(({ id }) => ({ id: Number(id), token: '' }))
}

/** A current patient whom none of these ranges has shown. A scalar: only who bears the name is looked at. */
export function isNotTyped(typed: TypedRange[], id: string): { sql: string; bindings: string[] } {
  const none = typed.map(() => ' and not (sort_name >= ? and sort_name < ?)').join('')
  const sql = `(select coalesce(retired_at, merged_into_id) is null${none} from patients where id = ${id}) = 1`
  return { sql, bindings: typed.flatMap(({ low, high }) => [low, high]) }
}
