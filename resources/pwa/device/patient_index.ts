import { foldName } from '#app/patients/names/fold_name'
import { nameSound } from '#app/patients/names/name_sound'
import { nameSpans, nameTokens } from '#app/patients/names/name_tokens'
import type { PatientEntry } from '#pwa/device/types'

/** Of all patients who bear it there is one. */
interface Word {
  number: number
  token: string
  sound: string
}

interface Indexed {
  entry: PatientEntry
  order: string
  words: Word[]
  mrn: string
  nationalId: string
  digits: string
}

/** What two people have in common who may be one. */
export interface Likeness {
  family_name: string
  given_name: string
  dob: string
  national_id?: string | null
  phone?: string | null
}

const NAME = { same: 4, begins: 3, sounds: 1 }
const NUMBER = { same: 6, begins: 2 }
const FEWEST_DIGITS = 3
/** Of a phone number without its country code. */
const LOCAL_DIGITS = 8

const digitsOf = (text: string) => text.replace(/\D/g, '')
const signsOf = (text: string) => foldName(text).replaceAll(' ', '')

/**
 * Finds patients by what somebody types: the beginning of each word of a name or how it sounds, a phone number, a
 * record number, a national number, a date of birth. Each word that anybody bears is compared once, then all patients
 * are looked at: thousands take a few milliseconds.
 */
export class PatientIndex {
  private byId = new Map<string, Indexed>()
  private vocabulary = new Map<string, Word>()
  private sorted: Indexed[] | null = null

  put(entry: PatientEntry): void {
    const former = this.byId.get(entry.id)
    this.sorted = null
    if (former && isSamePerson(former.entry, entry)) this.byId.set(entry.id, { ...former, entry })
    else this.byId.set(entry.id, this.indexed(entry))
  }

  remove(id: string): void {
    if (this.byId.delete(id)) this.sorted = null
  }

  clear(): void {
    this.byId.clear()
    this.vocabulary.clear()
    this.sorted = null
  }

  get(id: string): PatientEntry | undefined {
    return this.byId.get(id)?.entry
  }

  /** By name. */
  entries(): PatientEntry[] {
    return this.inOrder().map(({ entry }) => entry)
  }

  /** The best first, those of one rank by name; everybody for nothing typed. */
  find(text: string, limit: number): PatientEntry[] {
    if (!text.trim()) return this.entries().slice(0, limit)
    const rank = ranking(text, this.vocabulary.values())
    const found = new Map<number, PatientEntry[]>()
    for (const patient of this.inOrder()) {
      const ranked = rank(patient)
      if (ranked === 0) continue
      const alike = found.get(ranked)
      if (!alike) found.set(ranked, [patient.entry])
      else if (alike.length < limit) alike.push(patient.entry)
    }
    const best = [...found].sort(([one], [other]) => other - one)
    return best.flatMap(([, entries]) => entries).slice(0, limit)
  }

  /** The same national number or phone, or a name like it with the same date of birth. */
  like({ family_name, given_name, dob, national_id, phone }: Likeness): PatientEntry[] {
    const nationalId = signsOf(national_id ?? '')
    const local = digitsOf(phone ?? '').slice(-LOCAL_DIGITS)
    const tokens = [...nameTokens(family_name), ...nameTokens(given_name)]
    const words = tokens.map((token) => ({ token, sound: nameSound(token) }))
    return this.inOrder()
      .filter(
        (patient) =>
          (nationalId !== '' && patient.nationalId === nationalId) ||
          (local.length === LOCAL_DIGITS && patient.digits.endsWith(local)) ||
          (dob !== '' && patient.entry.dob === dob && sharesNames(words, patient.words))
      )
      .map(({ entry }) => entry)
  }

  private inOrder(): Indexed[] {
    this.sorted ??= [...this.byId.values()].sort((one, other) => (one.order < other.order ? -1 : 1))
    return this.sorted
  }

  private indexed(entry: PatientEntry): Indexed {
    const { familyName, givenName, mrn, nationalId, phone } = entry
    const tokens = new Set([...nameTokens(familyName), ...nameTokens(givenName)])
    return {
      entry,
      order: `${foldName(familyName)}\n${foldName(givenName)}\n${entry.id}`,
      words: [...tokens].map((token) => this.word(token)),
      mrn: signsOf(mrn),
      nationalId: signsOf(nationalId ?? ''),
      digits: digitsOf(phone ?? ''),
    }
  }

  private word(token: string): Word {
    const known = this.vocabulary.get(token)
    if (known) return known
    const word = { number: this.vocabulary.size, token, sound: nameSound(token) }
    this.vocabulary.set(token, word)
    return word
  }
}

const SHOWN = ['familyName', 'givenName', 'mrn', 'nationalId', 'phone'] as const
const isSamePerson = (one: PatientEntry, other: PatientEntry) => SHOWN.every((field) => one[field] === other[field])

type Spoken = Pick<Word, 'token' | 'sound'>

/** Two words of the one sound like two of the other; where somebody has but one, that one. */
function sharesNames(one: Spoken[], other: Spoken[]): boolean {
  const alike = one.filter((word) => other.some((each) => each.token === word.token || isSound(word, each)))
  return one.length > 0 && alike.length >= Math.min(2, one.length)
}

const isSound = (one: Spoken, other: Spoken) => one.sound !== '' && one.sound === other.sound

/** How well a patient fits what was typed; 0 where not at all. */
function ranking(text: string, vocabulary: Iterable<Word>): (patient: Indexed) => number {
  const day = dayOf(text)
  const year = /^\s*(19|20)\d\d\s*$/.test(text) ? text.trim() : null
  const signs = signsOf(text)
  const digits = /^[\d\s+().\-/]+$/.test(text) ? digitsOf(text).replace(/^0+/, '') : ''
  const named = byName(text, [...vocabulary])
  return (patient) => {
    if (day && patient.entry.dob === day) return NUMBER.same
    if (year && patient.entry.dob.startsWith(year)) return NUMBER.begins
    return Math.max(
      numbered(patient.mrn, signs),
      numbered(patient.nationalId, signs),
      digits.length >= FEWEST_DIGITS && patient.digits.includes(digits) ? NUMBER.begins : 0,
      named(patient.words)
    )
  }
}

function numbered(number: string, typed: string): number {
  if (typed.length < FEWEST_DIGITS || !number.startsWith(typed)) return 0
  return number === typed ? NUMBER.same : NUMBER.begins
}

/** Spans that fit words of the name have to cover all that was typed; the best way to cover it counts. */
function byName(text: string, vocabulary: Word[]): (words: Word[]) => number {
  const spans = nameSpans(text)
    .map(({ text: token, from, to }) => ({ from, to, fits: fitsOf({ token, sound: nameSound(token) }, vocabulary) }))
    .sort((one, other) => one.to - other.to)
  const length = Math.max(0, ...spans.map(({ to }) => to + 1))
  // By where a way ends; 0 words are covered by nothing.
  const best = new Float64Array(length + 1)
  return (words) => {
    if (length === 0) return 0
    best.fill(-1, 1)
    for (const { from, to, fits } of spans) {
      if (best[from]! < 0) continue
      let fit = 0
      for (const { number } of words) if (fits[number]! > fit) fit = fits[number]!
      if (fit > 0) best[to + 1] = Math.max(best[to + 1]!, best[from]! + fit * (to - from + 1))
    }
    return Math.max(0, best[length]! / length)
  }
}

/** By the number of each word. */
function fitsOf(typed: Spoken, vocabulary: Word[]): Uint8Array {
  const fits = new Uint8Array(vocabulary.length)
  for (const word of vocabulary) {
    if (word.token === typed.token) fits[word.number] = NAME.same
    else if (word.token.startsWith(typed.token)) fits[word.number] = NAME.begins
    else if (isSound(typed, word)) fits[word.number] = NAME.sounds
  }
  return fits
}

/** 'YYYY-MM-DD' of 14/07/1985, 14.7.1985, 14071985 or 1985-07-14; null for anything else. */
function dayOf(text: string): string | null {
  const typed = text.trim()
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typed)
  const local = /^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})$/.exec(typed) ?? /^(\d\d)(\d\d)(\d{4})$/.exec(typed)
  const [year, month, day] = iso ? iso.slice(1) : local ? [local[3]!, local[2]!, local[1]!] : []
  if (!year || Number(month) > 12 || Number(day) > 31) return null
  return `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`
}
