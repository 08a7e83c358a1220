import { PLAIN_WORDS, SALTS } from '#app/allergies/plain_words'
import { wordsOf } from '#app/allergies/spell_substance'
import { classesOfAtc, classesOfWords } from '#app/allergies/substance_classes'
import { withOtherNames } from '#app/allergies/substance_names'

/** A substance as somebody wrote it down: the description of an allergy, or a medicine with its strength and form. */
export interface Substance {
  text: string
  code: string | null
  codeSystem: string | null
}

/**
 * Whether a medicine is one to which this allergy is a warning. A false alarm costs its reader a reason, a miss may cost
 * the patient: in doubt it warns, but never on a word that names no substance. Any of these is enough:
 *
 * 1. the same code in the same system, or ATC codes of which one contains the other (an allergy to J01C and J01CA04);
 * 2. the same class, by words or ATC (`substance_classes.ts`): an allergy to penicillin and amoxicillin;
 * 3. a word in common that names a substance, in plain spelling (`spell_substance.ts`), also under another name of it
 *    (`substance_names.ts`), within one wrong letter, or as the end of a longer name: omeprazole and esomeprazole.
 *
 * Worked example: « Allergie à la pénicilline V (urticaire) » leaves the one word `penicilin`, which by its end is in the
 * class of -cillin; « Amoxicilline 500 mg, gélule » leaves `amoxicilin`, in the same class: it warns. « Ibuprofène 400 mg »
 * leaves `ibuprofen`, in no class of the former and with no word in common: silence.
 *
 * Limits. It knows no brand names, no ingredients that the medicine's text does not name (eggs in a vaccine, peanut oil),
 * no classes beyond those listed, and no codes but equal ones and ATC: an RxNorm ingredient does not find its products,
 * which words have to do. It does not read: « tolère l'ibuprofène » in an allergy's text warns about ibuprofen. It is a
 * second look and no substitute for the first.
 */
export function isWarnedBy(medicine: Substance, allergy: Substance): boolean {
  if (codesMeet(allergy, medicine)) return true
  const [avoided, given] = [read(allergy), read(medicine)]
  if (avoided.classes.some((each) => given.classes.includes(each))) return true
  if (avoided.names.length) return avoided.names.some((name) => given.names.some((other) => isSameName(name, other)))
  return avoided.salts.length > 0 && avoided.salts.every((salt) => given.salts.includes(salt))
}

function read(substance: Substance) {
  // What a system keeps as a code is at times the name itself.
  const words = wordsOf(`${substance.text} ${substance.code ?? ''}`).filter((word) => !PLAIN_WORDS.has(word))
  const names = withOtherNames(words.filter((word) => !SALTS.has(word)))
  const atc = atcOf(substance)
  const classes = [...classesOfWords(names), ...(atc ? classesOfAtc(atc) : [])]
  return { names, classes, salts: words.filter((word) => SALTS.has(word)) }
}

function codesMeet(one: Substance, other: Substance): boolean {
  const [atc, otherAtc] = [atcOf(one), atcOf(other)]
  if (atc && otherAtc) return atc.startsWith(otherAtc) || otherAtc.startsWith(atc)
  const [code, otherCode] = [plainCode(one.code), plainCode(other.code)]
  return code !== '' && code === otherCode && plainCode(one.codeSystem) === plainCode(other.codeSystem)
}

const ATC = /^[A-Z](\d\d([A-Z]([A-Z](\d\d)?)?)?)?$/

/** The code where it is one of ATC, of any level; null for another. */
function atcOf({ code, codeSystem }: Substance): string | null {
  const plain = plainCode(code).toUpperCase()
  return /\batc\b/i.test(codeSystem ?? '') && ATC.test(plain) ? plain : null
}

/** SNOMED-CT and 'SNOMED CT' are one system. */
function plainCode(text: string | null): string {
  return (text ?? '').toLowerCase().replaceAll(/[^a-z0-9]/g, '')
}

/** Long enough that another substance is seldom one letter away, and that an ending is not a stem. */
const SLIP = 8
const ENDING = 7

function isSameName(one: string, other: string): boolean {
  if (one === other) return true
  const [short, long] = one.length < other.length ? [one, other] : [other, one]
  if (short.length >= ENDING && long.endsWith(short)) return true
  return short.length >= SLIP && isOneLetterApart(short, long)
}

/** One letter more, less or other. */
function isOneLetterApart(short: string, long: string): boolean {
  if (long.length - short.length > 1) return false
  let same = 0
  while (same < short.length && short[same] === long[same]) same++
  return short.slice(same + (long.length === short.length ? 1 : 0)) === long.slice(same + 1)
}
