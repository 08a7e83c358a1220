const DEEPEST = 64

/**
 * Whether this JSON, which is valid, says one thing: no object names a member twice, of which JSON.parse would keep the
 * last without a word, and nothing is deeper than 64 levels. Reads the text once; names are compared as they are meant,
 * so that "a" and "\u0061" are one.
 */
export function isPlainJson(json: string): boolean {
  /** The names in each object that is open; null for an array. */
  const open: (Set<string> | null)[] = []
  let isNameNext = false
  for (let at = 0; at < json.length; at++) {
    const sign = json[at]!
    if (sign === '"') {
      const end = endOfText(json, at)
      if (isNameNext && isTwice(JSON.parse(json.slice(at, end + 1)), open.at(-1)!)) return false
      isNameNext = false
      at = end
    } else if (sign === '{' || sign === '[') {
      open.push(sign === '{' ? new Set() : null)
      isNameNext = sign === '{'
      if (open.length > DEEPEST) return false
    } else if (sign === '}' || sign === ']') {
      open.pop()
      isNameNext = false
    } else if (sign === ',') isNameNext = Boolean(open.at(-1))
  }
  return true
}

function isTwice(name: string, names: Set<string>): boolean {
  return names.size === names.add(name).size
}

/** The quote that ends what begins at `from`: one that an even number of backslashes precedes. */
function endOfText(json: string, from: number): number {
  for (let end = json.indexOf('"', from + 1); ; end = json.indexOf('"', end + 1)) {
    let escapes = 0
    while (json[end - 1 - escapes] === '\\') escapes++
    if (escapes % 2 === 0) return end
  }
}
