export interface Piece {
  kind: 'same' | 'removed' | 'added'
  text: string
}

/** More than this and the comparison takes noticeable time on a cheap phone; whole texts are shown instead. */
const MOST_WORDS = 1500

/**
 * How `after` differs from `before`, by words: the longest common subsequence (Wagner and Fischer 1974), so that every
 * word of both texts is in one of the pieces. Example: `two a day` and `one a day` are removed
 * `two`, added `one`, same ` a day`.
 */
export function wordDiff(before: string, after: string): Piece[] {
  const [left, right] = [wordsOf(before), wordsOf(after)]
  if (left.length > MOST_WORDS || right.length > MOST_WORDS) return joined([...removed(left), ...added(right)])
  const lengths = commonLengths(left, right)
  const pieces: Piece[] = []
  let [row, column] = [0, 0]
  while (row < left.length && column < right.length) {
    if (left[row] === right[column]) {
      pieces.push({ kind: 'same', text: left[row]! })
      row++
      column++
    } else if (lengths[row + 1]![column]! >= lengths[row]![column + 1]!)
      pieces.push({ kind: 'removed', text: left[row++]! })
    else pieces.push({ kind: 'added', text: right[column++]! })
  }
  return joined([...pieces, ...removed(left.slice(row)), ...added(right.slice(column))])
}

/** Words and what is between them, so that joined they are the text again. */
const wordsOf = (text: string) => text.match(/\s+|[^\s]+/g) ?? []
const removed = (words: string[]) => words.map((text): Piece => ({ kind: 'removed', text }))
const added = (words: string[]) => words.map((text): Piece => ({ kind: 'added', text }))

/** By position in both: how long the longest common subsequence of what follows is. */
function commonLengths(left: string[], right: string[]): Uint16Array[] {
  const table = Array.from({ length: left.length + 1 }, () => new Uint16Array(right.length + 1))
  for (let row = left.length - 1; row >= 0; row--)
    for (let column = right.length - 1; column >= 0; column--)
      table[row]![column] =
        left[row] === right[column]
          ? table[row + 1]![column + 1]! + 1
          : Math.max(table[row + 1]![column]!, table[row]![column + 1]!)
  return table
}

/** Neighbours of one kind as one piece. */
function joined(pieces: Piece[]): Piece[] {
  const whole: Piece[] = []
  for (const piece of pieces) {
    const last = whole.at(-1)
    if (last?.kind === piece.kind) last.text += piece.text
    else whole.push({ ...piece })
  }
  return whole
}
