import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  LineCounter,
  parseDocument,
  visit,
} from 'yaml'
import { BadMapping, type MappingCode, type Params } from '#app/mappings/source_problems'

export type Path = (string | number)[]
/** Makes the error that names the line of `path`; a `key` that is absent is looked for in its parent. */
export type MappingError = (path: Path, code: MappingCode, params?: Params) => BadMapping

/**
 * YAML 1.2 core schema, and less: no anchors, aliases or tags, so that a small text cannot grow (the "billion laughs")
 * and nothing but maps, lists and scalars comes out. Keys are always texts: `01: x` stays "01".
 */
export function parseMappingText(text: string): { content: unknown; at: MappingError } {
  const lines = new LineCounter()
  const lineAt = (offset: number) => lines.linePos(offset).line
  const document = parse(text, lines)
  const [error] = document.errors
  if (error) throw new BadMapping('bad_yaml', lineAt(error.pos[0]), '', { detail: error.code })
  refuseAliasesAndTags(document, lineAt)
  return {
    content: document.toJS(),
    at: (path, code, params) => new BadMapping(code, lineAt(offsetOf(document, path)), path.join('.'), params),
  }
}

function parse(text: string, lineCounter: LineCounter): Document.Parsed {
  try {
    return parseDocument(text, { version: '1.2', schema: 'core', stringKeys: true, lineCounter, prettyErrors: false })
  } catch (cause) {
    // Brackets nested thousands deep exhaust the parser's stack.
    if (cause instanceof RangeError) throw new BadMapping('bad_yaml', 1, '', { detail: 'TOO_DEEP' })
    throw cause
  }
}

function refuseAliasesAndTags(document: Document.Parsed, lineAt: (offset: number) => number) {
  visit(document, {
    Node(_, node, ancestors) {
      const line = lineAt(node.range?.[0] ?? 0)
      const parent = ancestors.findLast((ancestor) => isPair(ancestor))
      const key = isPair(parent) && isScalar(parent.key) ? String(parent.key.value) : ''
      if (isAlias(node) || node.anchor) throw new BadMapping('alias_refused', line, key)
      if (node.tag) throw new BadMapping('tag_refused', line, key)
    },
  })
}

/** Where the key of the last step stands (not its value, which may begin lines later). */
function offsetOf(document: Document.Parsed, path: Path): number {
  let node: unknown = document.contents
  let offset = 0
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && item.key.value === String(step))
      if (!pair) break
      if (isNode(pair.key)) offset = pair.key.range?.[0] ?? offset
      node = pair.value
    } else {
      node = isCollection(node) ? node.get(step, true) : undefined
      if (isNode(node)) offset = node.range?.[0] ?? offset
    }
  }
  return offset
}
