import { createHash } from 'node:crypto'

const MAX_KEY_LENGTH = 190

/**
 * The text under which a row is known: `<source>:<file>:<value>|<value>`. Rows and references to them must come to the
 * same text, so both are made here. `space` is `<source>:<file>`, with `/<name>` for an `also` record of its own key.
 */
export function keyText(space: string, parts: readonly string[]): string {
  return bounded(space, parts.map(escapePart).join('|'))
}

/** The key of a further record of the row that has `main`. */
export function keyWithin(main: string, name: string, item?: { text: string; occurrence: number }): string {
  if (!item) return bounded(spaceOf(main), `${main.slice(spaceOf(main).length + 1)}/${name}`)
  const repeated = item.occurrence > 1 ? `*${item.occurrence}` : ''
  return bounded(spaceOf(main), `${main.slice(spaceOf(main).length + 1)}/${name}/${escapePart(item.text)}${repeated}`)
}

/** What two rows without a natural key share when they are the same row. */
export function contentDigest(values: readonly string[]): string {
  return createHash('sha256').update(values.join('\u001f')).digest('base64url').slice(0, 32)
}

function spaceOf(key: string): string {
  return key.slice(0, key.indexOf(':', key.indexOf(':') + 1))
}

/** A key has to fit an indexed column; a longer one keeps its space and is digested. */
function bounded(space: string, rest: string): string {
  const text = `${space}:${rest}`
  if (text.length <= MAX_KEY_LENGTH) return text
  return `${space}:~${createHash('sha256').update(rest).digest('base64url')}`
}

function escapePart(part: string): string {
  return part.replace(/[%|/~]/g, (found) => `%${found.charCodeAt(0).toString(16)}`)
}
