/**
 * The plain form of a name, in which spelling habits of a keyboard or a clerk no longer differ.
 *
 * Marks and case go (Traoré → traore), ligatures and West African letters are spelled out (Cœur → coeur, Ɓah → bah),
 * an apostrophe joins (N'Diaye → ndiaye), a hyphen or any other sign parts (Jean-Pierre → jean pierre). Digits stay.
 * Letters of other scripts stay as they are, their vowel signs too, in composed form (NFC).
 *
 * @param text a name as someone typed it, any length
 * @returns words with one space between, '' when nothing is left
 * @see Unicode Standard Annex 15 (NFKD, NFC)
 */
export function foldName(text: string): string {
  const lower = text.toLowerCase()
  const plain = PLAIN.test(lower) ? lower : spellOut(lower)
  return plain.replace(SEPARATORS, ' ').trim()
}

const PLAIN = /^[a-z0-9 ]*$/
const LATIN_MARKS = /(\p{Script=Latin})\p{M}+/gu
const APOSTROPHES = /['’‘ʼʻʾʿ`´′]/g
const SEPARATORS = /[^\p{L}\p{M}\p{N}]+/gu

// Letters that Unicode does not decompose; ligatures as French spells them out.
const SPELLED_OUT: Record<string, string> = {
  œ: 'oe',
  æ: 'ae',
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  ɓ: 'b',
  ɗ: 'd',
  ɖ: 'd',
  ŋ: 'n',
  ɲ: 'ny',
  ɔ: 'o',
  ɛ: 'e',
  ǝ: 'e',
  ə: 'e',
  ƴ: 'y',
  ɣ: 'gh',
  ƙ: 'k',
  ʋ: 'v',
}
const SPELLABLE = new RegExp(`[${Object.keys(SPELLED_OUT).join('')}]`, 'g')

function spellOut(lower: string): string {
  return lower
    .replace(APOSTROPHES, '')
    .normalize('NFKD')
    .replace(LATIN_MARKS, '$1')
    .replace(SPELLABLE, (letter) => SPELLED_OUT[letter] ?? letter)
    .normalize('NFC')
    .toLowerCase()
}
