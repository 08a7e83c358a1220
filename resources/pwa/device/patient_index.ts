import { foldName } from '#app/patients/names/fold_name'
import { nameSound } from '#app/patients/names/name_sound'
import { nameSpans, nameTokens } from '#app/patients/names/name_tokens'
import type { PatientEntry } from '#pwa/device/types'

interface Word {
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
 * record number, a national number, a date of birth. All of them are looked at each time: 5,000 take some milliseconds.
 */
export class PatientIndex {
  private byId = new Map<string, Indexed>()
  private sorted: Indexed[] | null = null

  put(entry: PatientEntry): void {
    const former = this.byId.get(entry.id)
    this.sorted = null
    if (former && isSamePerson(former.entry, entry)) this.byId.set(entry.id, { ...former, entry })
    else this.byId.set(entry.id, indexed(entry))
  }

  remove(id: string): void {
    if (this.byId.delete(id)) this.sorted = null
  }

  clear(): void {
    this.byId.clear()
    this.sorted = null
  }

  get(id: string): PatientEntry | undefined {
    return this.byId.get(id)?.entry
  }

  /** By name. */
  entries(): PatientEntry[] {
    return this.inOrder().map(({ entry }) => entry)
  }

  /** The best first; everybody for nothing typed. */
  find(text: string, limit: number): PatientEntry[] {
    if (!text.trim()) return this.entries().slice(0, limit)
    const rank = ranking(text)
    const found: { patient: Indexed; rank: number }[] = []
    for (const patient of this.inOrder()) {
      const ranked = rank(patient)
      if (ranked > 0) found.push({ patient, rank: ranked })
    }
    return found
      .sort((one, other) => other.rank - one.rank)
      .slice(0, limit)
      .map(({ patient }) => patient.entry)
  }

  /** The same national number or phone, or a name like it with the same date of birth. */
  like({ family_name, given_name, dob, national_id, phone }: Likeness): PatientEntry[] {
    const nationalId = signsOf(national_id ?? '')
    const local = digitsOf(phone ?? '').slice(-LOCAL_DIGITS)
    const sounds = wordsOf(`${family_name} ${given_name}`)
    return this.inOrder()
      .filter(
        (patient) =>
          (nationalId !== '' && patient.nationalId === nationalId) ||
          (local.length === LOCAL_DIGITS && patient.digits.endsWith(local)) ||
          (dob !== '' && patient.entry.dob === dob && sharesNames(sounds, patient.words))
      )
      .map(({ entry }) => entry)
  }

  private inOrder(): Indexed[] {
    this.sorted ??= [...this.byId.values()].sort((one, other) => (one.order < other.order ? -1 : 1))
    return this.sorted
  }
}

function indexed(entry: PatientEntry): Indexed {
  const { familyName, givenName, mrn, nationalId, phone } = entry
  return {
    entry,
    order: `${foldName(familyName)}\n${foldName(givenName)}\n${entry.id}`,
    words: [...wordsOf(familyName), ...wordsOf(givenName)],
    mrn: signsOf(mrn),
    nationalId: signsOf(nationalId ?? ''),
    digits: digitsOf(phone ?? ''),
  }
}

const wordsOf = (name: string): Word[] => nameTokens(name).map((token) => ({ token, sound: nameSound(token) }))

const SHOWN = ['familyName', 'givenName', 'mrn', 'nationalId', 'phone'] as const
const isSamePerson = (one: PatientEntry, other: PatientEntry) => SHOWN.every((field) => one[field] === other[field])

/** Two words of the one sound like two of the other; where somebody has but one, that one. */
function sharesNames(one: Word[], other: Word[]): boolean {
  const alike = one.filter((word) => other.some((each) => each.token === word.token || isSound(word, each)))
  return alike.length >= Math.min(2, one.length)
}

const isSound = (one: Word, other: Word) => one.sound !== '' && one.sound === other.sound

/** How well a patient fits what was typed; 0 where not at all. */
function ranking(text: string): (patient: Indexed) => number {
  const day = dayOf(text)
  const year = /^\s*(19|20)\d\d\s*$/.test(text) ? text.trim() : null
  const signs = signsOf(text)
  const digits = /^[\d\s+().\-/]+$/.test(text) ? digitsOf(text).replace(/^0+/, '') : ''
  const spans = nameSpans(text).map(({ text: token, from, to }) => ({ token, sound: nameSound(token), from, to }))
  const length = Math.max(0, ...spans.map(({ to }) => to + 1))
  return (patient) => {
    if (day && patient.entry.dob === day) return NUMBER.same
    if (year && patient.entry.dob.startsWith(year)) return NUMBER.begins
    return Math.max(
      numbered(patient.mrn, signs),
      numbered(patient.nationalId, signs),
      digits.length >= FEWEST_DIGITS && patient.digits.includes(digits) ? NUMBER.begins : 0,
      named(patient.words, spans, length)
    )
  }
}

function numbered(number: string, typed: string): number {
  if (typed.length < FEWEST_DIGITS || !number.startsWith(typed)) return 0
  return number === typed ? NUMBER.same : NUMBER.begins
}

type Span = Word & { from: number; to: number }

/** Spans that fit words of the name have to cover all that was typed; the best way to cover it counts. */
function named(words: Word[], spans: Span[], length: number): number {
  if (length === 0) return 0
  const best = [0, ...Array.from({ length }, () => -1)]
  for (let end = 1; end <= length; end++) {
    for (const span of spans) {
      if (span.to + 1 !== end || best[span.from]! < 0) continue
      const fit = fits(words, span)
      if (fit > 0) best[end] = Math.max(best[end]!, best[span.from]! + fit * (span.to - span.from + 1))
    }
  }
  return Math.max(0, best[length]! / length)
}

function fits(words: Word[], span: Word): number {
  let best = 0
  for (const word of words) {
    if (word.token === span.token) return NAME.same
    if (word.token.startsWith(span.token)) best = NAME.begins
    else if (best === 0 && isSound(span, word)) best = NAME.sounds
  }
  return best
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
