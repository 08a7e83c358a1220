// The names that an ICU message expects: `{count, plural, one {# row of {file}} other {# rows}}` gives count and file.
// Source: https://unicode-org.github.io/icu/userguide/format_parse/messages/
const WITH_BRANCHES = new Set(['plural', 'select', 'selectordinal'])

/** @throws {Error} when braces do not match */
export function argumentsOf(message) {
  const names = new Set()
  const end = readMessage(message, 0, names)
  if (end !== message.length) throw new Error('a brace is closed that was not opened')
  return [...names].sort()
}

// Reads text up to the brace that closes it, or the end; answers where that is.
function readMessage(text, from, names) {
  let at = from
  while (at < text.length && text[at] !== '}') {
    if (text[at] === "'") at = skipQuoted(text, at)
    else if (text[at] === '{') at = readArgument(text, at + 1, names)
    else at++
  }
  return at
}

function readArgument(text, from, names) {
  const [, name, type = ''] = /^\s*([\w.-]+)\s*(?:,\s*(\w+)\s*)?/.exec(text.slice(from)) ?? []
  if (name === undefined) throw new Error(`a placeholder without a name at character ${from}`)
  names.add(name)
  let at = from
  while (at < text.length && text[at] !== '}') {
    if (text[at] !== '{') at++
    else if (WITH_BRANCHES.has(type)) at = closing(text, readMessage(text, at + 1, names))
    else throw new Error(`{${name}} is not closed`)
  }
  return closing(text, at)
}

function closing(text, at) {
  if (text[at] !== '}') throw new Error('a brace is not closed')
  return at + 1
}

// An apostrophe quotes only before a brace; anywhere else it is an apostrophe, as in "l'accès".
function skipQuoted(text, at) {
  if (text[at + 1] === "'") return at + 2
  if (text[at + 1] !== '{' && text[at + 1] !== '}') return at + 1
  const end = text.indexOf("'", at + 1)
  return end < 0 ? text.length : end + 1
}
