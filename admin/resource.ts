import type { Caller } from '#app/core/caller'
import type { AnyValidator } from '#app/core/validated'
import type { Browsed } from '#app/core/browse'

export type PropertyType = 'string' | 'datetime' | 'date' | 'number' | 'boolean' | 'textarea'

export interface Property {
  type?: PropertyType
  /** In the list; every property is in the detail. */
  inList?: boolean
  /** One may narrow the list by it. */
  isFilter?: boolean
  isSortable?: boolean
  /** Its values, each with a text `values.<resource>.<property>.<value>`; or whatever the row has, as it is. */
  values?: readonly string[]
  /** Its lines and spaces are shown as they are. */
  isPreformatted?: boolean
  /** An instant whose seconds matter. */
  hasSeconds?: boolean
  /** The component of admin/pages/index.ts that shows it, or more of the record, in the detail. */
  shownBy?: string
  /** Several of them, shown side by side. */
  isList?: boolean
}

export type Row = { id: string } & Record<string, unknown>

type Gate<Result> = ((caller: Caller, input: any) => Promise<Result>) & {
  useCaseName: string
  input: AnyValidator
  stepUp?: true
}

/** What somebody may do with a row, or with none; the gate is the same use-case that the API calls. */
export interface AdminAction {
  gate: Gate<unknown>
  /** Shown to whoever has it; the gate decides. */
  permission: string
  /** What is asked of the person: fields of a form. Step-up and a reason are asked of what is dangerous besides. */
  fields?: Record<string, ActionField>
  /** What the gate is given of the row and of what was typed. */
  input(row: Row | null, typed: Record<string, string>): Record<string, unknown>
  /** False where it makes no sense for this row. */
  isFor?(row: Row): boolean
  isDangerous?: true
  /** The row is gone afterwards: the list is shown. */
  endsRow?: true
  /** Asks why: the gate is told where its input has `reason`, and the audit's entry otherwise. */
  asksReason?: true
  icon: string
}

/** One of a choice that the server offers at the moment. */
export interface Offer {
  value: string
  text: string
}

export interface ActionField {
  type: 'text' | 'email' | 'textarea' | 'choice' | 'several'
  values?: readonly string[]
  /** A choice of what a read-case gives, asked for when the form is opened; in place of `values`. */
  offers?: (caller: Caller) => Promise<Offer[]>
  isRequired?: boolean
  /** Characters. */
  least?: number
  most?: number
}

/** What the back office has of one kind of record. Silence means read-only. */
export interface AdminResource {
  id: string
  group: string
  icon: string
  /** Who sees it in the menu; the gates decide. */
  permission: string
  title: string
  /** The list's order at first; by its first column where it is left out. */
  sort?: { sortBy: string; direction: 'asc' | 'desc' }
  properties: Record<string, Property>
  browse: Gate<Browsed<Row>>
  open: Gate<Row>
  /** By their name, which is in the address and in the texts. */
  actions?: Record<string, AdminAction>
  /** Those of no row, such as to invite somebody. */
  openings?: Record<string, AdminAction>
  /** Lists that a record leads to, by the resource: narrowed by the `filter` to the record's value of `by`. */
  related?: Record<string, { filter: string; by: string }>
}
