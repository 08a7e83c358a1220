/** A schema, or any other node, of the document. */
export type Node = Record<string, any>

export interface Parameter {
  name: string
  in: 'path' | 'query' | 'header'
  required: boolean
  schema: Node
  example?: unknown
}

/** One operation of the document, with all that a request of it needs. */
export interface Operation {
  id: string
  method: string
  /** As the document has it: '/api/v1/patients/{id}'. */
  path: string
  parameters: Parameter[]
  body: { schema: Node; examples: unknown[] } | null
  isOpen: boolean
  responses: Record<string, Node>
}

/** An OpenAPI document, read the way its readers outside do: by the specification, and not by our own code. */
export class ApiDocument {
  readonly operations: Operation[]

  constructor(readonly source: Node) {
    this.operations = Object.entries<Node>(source.paths).flatMap(([path, methods]) =>
      Object.entries<Node>(methods).map(([method, entry]) => this.#read(path, method, entry))
    )
  }

  follow(node: Node): Node {
    if (typeof node.$ref !== 'string') return node
    const names = node.$ref.slice(2).split('/')
    const found = names.reduce<any>((at, name) => at?.[name.replaceAll('~1', '/').replaceAll('~0', '~')], this.source)
    if (!found) throw new Error(`The document refers to ${node.$ref}, and has no such thing.`)
    return this.follow(found)
  }

  #read(path: string, method: string, entry: Node): Operation {
    const content = entry.requestBody && this.follow(entry.requestBody).content['application/json']
    const examples = Object.values<Node>(content?.examples ?? {}).map((each) => this.follow(each).value)
    return {
      id: entry.operationId,
      method: method.toUpperCase(),
      path,
      parameters: (entry.parameters ?? []).map((each: Node) => this.follow(each) as Parameter),
      body: content ? { schema: content.schema, examples } : null,
      isOpen: entry.security?.length === 0,
      responses: Object.fromEntries(
        Object.entries<Node>(entry.responses).map(([status, each]) => [status, this.follow(each)])
      ),
    }
  }
}
