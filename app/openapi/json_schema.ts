/** A schema of JSON Schema 2020-12, which OpenAPI 3.1 takes as it is. */
export interface Schema {
  [keyword: string]: unknown
  properties?: Record<string, Schema>
  required?: string[]
}

type Node = Record<string, unknown>
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The shapes that have a name, gathered while they are referred to. */
export class NamedSchemas {
  readonly found: Record<string, Schema> = {}

  /** The same schema, with a reference in place of every shape that has a name. */
  referTo(schema: unknown): Schema {
    return this.#walk(schema) as Schema
  }

  /** The shape, or only some of its members, as `fields` asks for; the id always stays. */
  sparse(schema: unknown): Schema {
    const name = (schema as Node).$id as string
    const whole = this.referTo(schema)
    const found = this.found[name]!
    this.found[`${name}Fields`] = { ...found, required: found.properties?.id ? ['id'] : [] }
    return { anyOf: [whole, { $ref: `#/components/schemas/${name}Fields` }] }
  }

  #walk(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((each) => this.#walk(each))
    if (!isNode(value)) return value
    const { $id: name, ...rest } = value
    const walked = () => Object.fromEntries(Object.entries(rest).map(([key, inner]) => [key, this.#walk(inner)]))
    if (typeof name !== 'string') return walked()
    if (!this.found[name]) {
      this.found[name] = {}
      this.found[name] = walked()
    }
    return { $ref: `#/components/schemas/${name}` }
  }
}

/** What a validator leaves unsaid: an enumeration of words is text. */
export function completed(schema: Schema): Schema {
  const words = schema.enum
  const whole: Schema = { ...schema }
  if (Array.isArray(words) && !('type' in schema) && words.every((word) => typeof word === 'string'))
    whole.type = 'string'
  if (schema.properties)
    whole.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([key, inner]) => [key, completed(inner)])
    )
  for (const key of ['items', 'additionalProperties'] as const)
    if (isNode(schema[key])) whole[key] = completed(schema[key] as Schema)
  if (Array.isArray(schema.anyOf)) whole.anyOf = (schema.anyOf as Schema[]).map(completed)
  return whole
}
