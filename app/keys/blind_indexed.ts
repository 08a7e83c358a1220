import type { LucidModel, LucidRow } from '@adonisjs/lucid/types/model'

/** A column that can be found by its exact value without being readable. */
export interface BlindIndex<Columns = any> {
  /** Stored with every token: never changed, and never given to another column. */
  id: number
  /** A value stands for one row only; else for several, as a family's telephone does. */
  isUnique?: true
  /** What of a value is compared, and in which country it is read; '' where that does not matter. */
  compared(value: string, columns: Columns, defaultCountry: string): { country: string; normalised: string }
}

export interface DeclaredIndex<Columns = any> extends BlindIndex<Columns> {
  table: string
  column: string
  attribute: keyof Columns & string
  /** Under which name the value is hashed: `table.column`. */
  field: string
  keptIn: 'blind_indexes' | 'unique_blind_indexes'
}

const declared = new Map<LucidModel, Map<string, BlindIndex>>()
/** Asked for each row that is written. */
const complete = new WeakMap<LucidModel, DeclaredIndex[]>()

/** Declares a blind index on a column of a model; writing, searching and rotating it read the declaration. */
export function blindIndexed<Columns>(index: BlindIndex<Columns>) {
  return (prototype: LucidRow, attribute: keyof Columns & string) => {
    const model = prototype.constructor as LucidModel
    const own = declared.get(model) ?? new Map<string, BlindIndex>()
    const taken = [...declared.values()].flatMap((each) => [...each.values()].map(({ id }) => id))
    if (taken.includes(index.id)) throw new Error(`The blind index ${index.id} is another column's`)
    declared.set(model, own.set(attribute, index))
    complete.delete(model)
  }
}

/** All of one model, in the order in which they stand there. */
export function blindIndexesOf<Columns>(model: LucidModel): DeclaredIndex<Columns>[] {
  const known = complete.get(model)
  if (known) return known
  const indexes = [...(declared.get(model) ?? [])].map(([attribute, index]): DeclaredIndex => {
    const { table } = model
    const column = model.$getColumn(attribute)!.columnName
    const keptIn = index.isUnique ? 'unique_blind_indexes' : 'blind_indexes'
    return { ...index, attribute, table, column, field: `${table}.${column}`, keptIn }
  })
  complete.set(model, indexes)
  return indexes
}

/** That of one column. Errors: it has none. */
export function blindIndexOf(model: LucidModel, attribute: string): DeclaredIndex {
  const index = blindIndexesOf(model).find((each) => each.attribute === attribute)
  if (!index) throw new Error(`${model.table} has no blind index of ${attribute}`)
  return index
}
