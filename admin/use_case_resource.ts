import { BaseProperty, BaseRecord, BaseResource, type ActionContext, type Filter, type PropertyType } from 'adminjs'
import { COUNTED } from '#app/core/browse'
import { callerIn } from '#admin/back_office_user'
import type { AdminResource, Property, Row } from '#admin/resource'

interface Asked {
  limit?: number
  offset?: number
  sort?: { sortBy?: string; direction?: 'asc' | 'desc' }
}

class RowProperty extends BaseProperty {
  constructor(
    path: string,
    private readonly declared: Property,
    position: number
  ) {
    const type = (declared.type === 'textarea' ? 'textarea' : (declared.type ?? 'string')) as PropertyType
    super({ path, type, isId: path === 'id', position, isSortable: declared.isSortable ?? false })
  }

  override availableValues() {
    return this.declared.values ? [...this.declared.values] : null
  }

  override isArray() {
    return this.declared.isList ?? false
  }

  override isEditable() {
    return false
  }
}

/** Rows that read-cases give: AdminJS sees no model, so that whatever it shows was authorised and audited. */
export class UseCaseResource extends BaseResource {
  private readonly known: RowProperty[]

  constructor(private readonly resource: AdminResource) {
    super(resource)
    const own = Object.entries(resource.properties).map(([path, one], at) => new RowProperty(path, one, at + 1))
    this.known = [new RowProperty('id', {}, 0), ...own]
  }

  static override isAdapterFor(raw: unknown) {
    return typeof (raw as AdminResource | undefined)?.browse === 'function'
  }

  override databaseName() {
    return 'medinfo'
  }

  override databaseType() {
    return 'medinfo'
  }

  override id() {
    return this.resource.id
  }

  override properties() {
    return this.known
  }

  override property(path: string) {
    return this.known.find((one) => one.path() === path) ?? null
  }

  override async find(filter: Filter, { limit = 25, offset = 0, sort }: Asked, context?: ActionContext) {
    // Beyond what is counted, a filter narrows.
    if (offset + limit > COUNTED) return []
    const asked = { filters: filtersOf(filter), offset, limit, ...this.sorted(sort) }
    const { rows, total, since = null } = await this.resource.browse(callerIn(context), asked)
    if (context) counts.set(context, { total, since })
    return rows.map((row) => new BaseRecord(flat(row), this))
  }

  /** AdminJS asks for it after the page, whose read-case has counted already. */
  override async count(_filter: Filter, context?: ActionContext) {
    return (context && counts.get(context)?.total) ?? 0
  }

  override async findOne(id: string, context?: ActionContext) {
    return new BaseRecord(flat(await this.resource.open(callerIn(context), { id })), this)
  }

  /** For a choice of several, and for references: neither is offered. */
  override async findMany() {
    return []
  }

  private sorted({ sortBy, direction }: NonNullable<Asked['sort']> = {}) {
    const isKnown = sortBy && this.resource.properties[sortBy]?.isSortable
    return isKnown ? { sort: sortBy, direction } : {}
  }
}

const counts = new WeakMap<object, { total: number; since: Date | null }>()

/** Since when rows were looked at in this list; null where all were. */
export const lookedAtSince = (context: ActionContext) => counts.get(context)?.since ?? null

/** As AdminJS keeps a record: lists by number. */
function flat(row: Row): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).flatMap(([name, value]) =>
      Array.isArray(value) ? value.map((one, at) => [`${name}.${at}`, one]) : [[name, value]]
    )
  )
}

function filtersOf(filter: Filter): Record<string, unknown> {
  return filter.reduce<Record<string, unknown>>((filters, { path, value }) => {
    if (typeof value === 'object' && value !== null) {
      const { from, to } = value as { from?: string; to?: string }
      return { ...filters, ...(from ? { [`${path}_from`]: from } : {}), ...(to ? { [`${path}_to`]: to } : {}) }
    }
    return value === '' || value === undefined ? filters : { ...filters, [path]: value }
  }, {})
}
