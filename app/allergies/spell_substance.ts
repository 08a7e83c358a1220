import { foldName } from '#app/patients/names/fold_name'

/**
 * The plain spelling of one word, in which French, English, former and hurried spellings of a substance meet.
 *
 * The rules are those by which international names are written, applied to all words: f for ph, t for th, e for ae and oe,
 * i for y, neither h nor k. Besides, double letters and a final -s and -e go, and -ique is -ic.
 * `spellWord('amoxicillines')` and `spellWord('amoxycilin')` are both 'amoxicilin'.
 *
 * @param word without accents and in small letters, as `wordsOf` gives it
 * @see General principles for guidance in devising International Nonproprietary Names (WHO), on the spelling of INN
 */
export function spellWord(word: string): string {
  const plain = word
    .replaceAll(/[ao]e/g, 'e')
    .replaceAll('ph', 'f')
    .replaceAll('h', '')
    .replaceAll('k', 'c')
    .replaceAll('y', 'i')
    .replaceAll(/(.)\1+/g, '$1')
  const singular = plain.length > 4 ? plain.replace(/s$/, '') : plain
  return (singular.length > 4 ? singular.replace(/e$/, '') : singular).replace(/iqu$/, 'ic')
}

/** Names of several words that one word stands for. */
const PHRASES: [RegExp, string][] = [
  [/\banti ?inflammatoires? non steroidiens?\b/g, 'ains'],
  [/\bnon ?steroidal anti ?inflammator(y|ies)\b/g, 'ains'],
  [/\binhibiteurs? de l enzyme de conversion\b/g, 'iec'],
  [/\b(angiotensin converting enzyme|ace) inhibitors?\b/g, 'iec'],
  [/\banesthesiques? loca(l|ux)\b/g, 'caine'],
  [/\blocal anae?sthetics?\b/g, 'caine'],
  [/\bbeta lactam/g, 'betalactam'],
  [/\bco trimoxazole\b/g, 'cotrimoxazole'],
  [/\bvitamine? ([a-k]) ?(\d{0,2})\b/g, 'vitamin$1$2'],
]

/** The words of a text in plain spelling; numbers, strengths and words of one or two letters are none. */
export function wordsOf(text: string): string[] {
  // An apostrophe parts here, unlike in a name: l'aspirine is aspirin.
  const folded = PHRASES.reduce(
    (said, [phrase, word]) => said.replaceAll(phrase, word),
    foldName(text.replaceAll(/['’ʼ`´]/g, ' '))
  )
  const words = folded.split(' ').filter((word) => word.length > 2 && (!/\d/.test(word) || word.startsWith('vitamin')))
  return [...new Set(words.map(spellWord))]
}
