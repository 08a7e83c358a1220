import { NAME_VARIANTS } from '#app/patients/names/name_variants'
import { soundRuleAt } from '#app/patients/names/name_sound_rules'

const LONGEST_SOUND = 16
const LATIN_WORD = /^[a-z0-9]+$/

/**
 * How a name sounds, as a short key: names that French, English and Arabic habits spell differently get the same key.
 *
 * Idea: consonants by their sound; of the vowels only what spellings agree on. Three classes, A (a, e), O (o, ou, u, au)
 * and I (i, y), and E for an e that begins the word. The first vowel is kept, so that Koné and Kane stay apart; every I
 * is kept, so that Ahmed and Hamid do; a last vowel is kept unless it is a mute e, so that Moussa and Mousse do; the
 * others go, so that Mamadou and Mamoudou meet. Doubled letters count once and h is silent. What no rule can bring
 * together is listed in name_variants.ts.
 *
 *     ouedraogo → ou before a vowel W, e A, d D, r R, (ao), g G, o O → WADRGO ← wedraogo
 *     ndiaye    → n N, di before a vowel J, a A, y I, mute e         → NJAI   ← njay
 *     traore    → t T, r R, a A, o O, r R, mute e                    → TRAOR
 *
 * Made after the principle of Soundex and its heirs (D. E. Knuth, The Art of Computer Programming 3, 6;
 * L. Philips, Metaphone, Computer Language 7/12, 1990), with rules of our own.
 *
 * @param token one token of `nameTokens`, folded
 * @returns A–Z and digits, at most 16; '' for a token in another script, which is found by its letters only
 */
export function nameSound(token: string): string {
  if (!LATIN_WORD.test(token)) return ''
  const key = new SoundKey()
  const word = respell(NAME_VARIANTS.get(token) ?? token)
  for (let index = 0; index < word.length;) {
    const rule = isDoubled(word, index) ? undefined : soundRuleAt(word, index)
    if (rule) key.addAll(rule.sound)
    else if (isDigit(word, index)) key.addDigit(word.charAt(index))
    index += rule?.letters.length ?? 1
  }
  return key.toString()
}

/** Abd el Rahman is said Abderrahmane; the s of Georges and Charles is mute. */
function respell(word: string): string {
  if (word.startsWith('abd')) return word.replace(/^(abd(?:ou|[aeu]))l(?=[rsntdz])/, '$1')
  return word.endsWith('es') ? word.replace(/([lguvr])es$/, '$1e') : word
}

function isDoubled(word: string, index: number): boolean {
  return word.charAt(index) === word.charAt(index + 1) && !'aeiou'.includes(word.charAt(index)) && !isDigit(word, index)
}

function isDigit(word: string, index: number): boolean {
  return word.charCodeAt(index) < 58
}

class SoundKey {
  private written = ''
  private lastVowel = ''
  private lastConsonant = ''
  private stage: 'before any vowel' | 'in the first vowels' | 'after them' = 'before any vowel'

  addAll(sounds: string) {
    // A silent letter ends a run of vowels: Mohamed and Mouhamed have the same first vowel.
    if (sounds === '') this.endVowels()
    for (const sound of sounds) this.add(sound)
  }

  addDigit(digit: string) {
    this.addConsonant(digit)
    this.lastConsonant = ''
  }

  private add(sound: string) {
    if (sound === 'i') this.addI()
    else if (sound === 'e') this.addMuteE()
    else if (sound === 'a' || sound === 'o') this.addVowel(sound.toUpperCase())
    else this.addConsonant(sound)
  }

  toString() {
    const key = this.written.endsWith(this.lastVowel) ? this.written : this.written + this.lastVowel
    return key.slice(0, LONGEST_SOUND)
  }

  private addConsonant(sound: string) {
    if (sound !== this.lastConsonant) this.written += sound
    this.lastConsonant = sound
    this.lastVowel = ''
    this.endVowels()
  }

  private addVowel(vowel: string) {
    if (this.stage !== 'after them' && !this.written.endsWith(vowel)) this.written += vowel
    this.beginVowels(vowel)
  }

  private addI() {
    if (!this.written.endsWith('I')) this.written += 'I'
    this.beginVowels('')
  }

  private addMuteE() {
    // At the very start e is not a: Alice and Élise.
    if (this.stage === 'before any vowel') this.written += this.written === '' ? 'E' : 'A'
    this.beginVowels('')
  }

  private beginVowels(last: string) {
    if (this.stage === 'before any vowel') this.stage = 'in the first vowels'
    this.lastVowel = last
    this.lastConsonant = ''
  }

  private endVowels() {
    if (this.stage === 'in the first vowels') this.stage = 'after them'
  }
}
