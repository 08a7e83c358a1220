/**
 * One way to read letters. `sound` holds consonants in capitals, and the vowels `a`, `o`, `i` and mute `e` in small.
 * `before` and `after` list the letters one of which must stand there, `$` the end and `^` the start of the word.
 */
export interface SoundRule {
  letters: string
  sound: string
  before?: string
  after?: string
}

const END = '$'
const START = '^'
const FRONT = 'eiy'
const OPEN = 'aeou'

const rule = (letters: string, sound: string, before?: string, after?: string): SoundRule => {
  return { letters, sound, before, after }
}

// In each line the longest spelling first: the first that fits is read.
const RULES: SoundRule[] = [
  // Thibault, Arnaud, Moreau, Laurent
  rule('ault', 'o', END),
  rule('aud', 'o', END),
  rule('aut', 'o', END),
  rule('aux', 'o', END),
  rule('au', 'o'),
  rule('a', 'a'),
  rule('bv', 'V'),
  rule('b', 'B'),
  // Michaël and Christine have K, Cheikh and Charles have the sound of Sheikh
  rule('chae', 'Ka'),
  rule('ch', 'K', 'rl', START),
  rule('ch', 'X'),
  rule('c', 'S', FRONT),
  rule('c', 'K'),
  // Diallo = Jallow, Diédhiou = Jeejou, Djibril = Jibril; but Élodie keeps its D
  rule('die', 'Di', END),
  rule('dhi', 'J', OPEN),
  rule('di', 'J', OPEN),
  rule('dy', 'J', OPEN),
  rule('dj', 'J'),
  rule('dt', 'T'),
  rule('d', '', END, 'nr'),
  rule('d', 'D'),
  rule('eau', 'o'),
  rule('eu', 'o'),
  rule('ee', 'e', END),
  rule('ee', 'i'),
  rule('e', 'e'),
  rule('f', 'F'),
  // Gnagna = Nyagna, Gueye = Guèye, Georges = Jorge
  rule('gn', 'Ni'),
  rule('gu', 'G', FRONT),
  rule('ge', 'J', 'aou'),
  rule('gi', 'J', 'aou'),
  rule('g', 'J', FRONT),
  rule('g', 'G'),
  rule('h', ''),
  rule('i', 'Y', OPEN, START),
  rule('i', 'i'),
  rule('j', 'J'),
  rule('k', 'K'),
  rule('l', 'L'),
  rule('m', 'M'),
  rule('n', 'M', 'bp'),
  rule('n', 'N'),
  // Ouedraogo = Wedraogo, Alaoui = Alawi
  rule('ou', 'W', 'aeio'),
  rule('ou', 'o'),
  rule('oo', 'o'),
  rule('o', 'o'),
  rule('ph', 'F'),
  rule('p', 'P'),
  rule('qu', 'K'),
  rule('q', 'K'),
  rule('r', 'R'),
  rule('sch', 'X'),
  rule('sh', 'X'),
  rule('s', 'S'),
  // Thierno = Cherno, Thiam = Cham
  rule('tch', 'X'),
  rule('tsh', 'X'),
  rule('thie', 'Ti', END),
  rule('tie', 'Ti', END),
  rule('thi', 'X', OPEN),
  rule('ti', 'X', OPEN),
  rule('ty', 'X', OPEN),
  rule('t', '', END, 'nr'),
  rule('t', 'T'),
  rule('u', 'W', 'aei', 'bcdfghjklmnprstvwxyz'),
  rule('u', 'o'),
  rule('v', 'V'),
  rule('w', 'W', 'aeiouy'),
  rule('w', 'o'),
  rule('x', '', END, 'u'),
  rule('x', 'KS'),
  rule('y', 'Y', OPEN, START),
  rule('y', 'i'),
  rule('zach', 'SaK'),
  rule('z', 'S'),
]

const RULES_BY_LETTER = new Map<string, SoundRule[]>()
for (const each of RULES) {
  const first = each.letters.charAt(0)
  RULES_BY_LETTER.set(first, [...(RULES_BY_LETTER.get(first) ?? []), each])
}

/** The rule that reads `word` at `index`; undefined for what is no small Latin letter. */
export function soundRuleAt(word: string, index: number): SoundRule | undefined {
  return RULES_BY_LETTER.get(word.charAt(index))?.find((each) => fits(each, word, index))
}

function fits({ letters, before, after }: SoundRule, word: string, index: number): boolean {
  if (letters.length > 1 && !word.startsWith(letters, index)) return false
  if (before && !before.includes(word.charAt(index + letters.length) || END)) return false
  return !after || after.includes(word.charAt(index - 1) || START)
}
