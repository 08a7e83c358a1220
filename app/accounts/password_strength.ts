import hash from '@adonisjs/core/services/hash'
import vine from '@vinejs/vine'
import type { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { Invalid } from '#app/core/problem'
import { clinicNow } from '#app/settings/clinic'

/*
 * What a password has to be, wherever one is set: long enough, and hard to guess for somebody who knows dictionaries and
 * its owner. No classes of characters and no expiry (NIST SP 800-63B, 3.1.1.2): both make people choose worse ones.
 */

/** One that somebody chooses. The same letters typed on another machine are the same password (NFC). */
export const chosenPassword = () =>
  vine
    .string()
    .minLength(12)
    .maxLength(256)
    .regex(/^[^\p{Cs}]*$/u)
    .transform((text) => text.normalize('NFC'))

/** Whose password it is to be. */
export interface Owner {
  name: string
  email: string | null
}

/** Of zxcvbn's 0 to 4: more than 10^8 guesses. */
const STRONG = 3

/*
 * The estimate takes quadratic time, seconds for 256 characters, in which the server does nothing else. More characters
 * only add to what the first ones are worth.
 */
const LOOKED_AT = 64
const SUBSTITUTIONS = 10

/** The hash of a password that its owner chose. Never inside a transaction. Errors: Invalid `weak_password`. */
export async function hashOfChosen(password: string, owner: Owner): Promise<string> {
  await refuseWeak(password, owner)
  return hash.make(password)
}

/** Errors: Invalid `weak_password`, with what makes it weak. */
export async function refuseWeak(password: string, owner: Owner) {
  const estimator = await (loading ??= load())
  const { score, feedback } = estimator.check(password.slice(0, LOOKED_AT), wordsAbout(owner))
  if (score >= STRONG) return
  const why = WEAKNESSES[feedback.warning ?? ''] ?? 'other'
  throw new Invalid([{ pointer: '/password', code: 'weak_password', params: { why } }])
}

let loading: Promise<ZxcvbnFactory> | undefined

/** Loaded with the first password that is set: a fifth of a second and some 15 MB that most processes never need. */
async function load(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory: Estimator }, common, french] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-fr'),
  ])
  return new Estimator({
    dictionary: { ...common.dictionary, ...french.dictionary },
    graphs: common.adjacencyGraphs,
    l33tMaxSubstitutions: SUBSTITUTIONS,
  })
}

/* The estimate takes a dot between two names of the person for five letters that nobody knows. */
const JOINTS = ['', ' ', '.', '-', '_']

/** What anybody who knows the person, or this clinic, would try first. */
function wordsAbout({ name, email }: Owner): string[] {
  const said = [name, email ?? '', clinicNow().name, 'medinfo'].map((text) => text.toLowerCase())
  const plain = said.map((text) => text.normalize('NFD').replaceAll(/\p{M}/gu, ''))
  const words = [...said, ...plain].flatMap((text) => {
    const parts = text.split(/[^\p{L}\p{N}]+/u)
    const joined = JOINTS.flatMap((joint) => [parts.join(joint), parts.toReversed().join(joint)])
    return [text, ...joined, ...parts, ...text.split(/[@.\s]+/)]
  })
  return [...new Set(words)].filter((word) => word.length > 2)
}

/** zxcvbn's warnings as our texts tell them. */
const WEAKNESSES: Record<string, string> = {
  straightRow: 'keyboard',
  keyPattern: 'keyboard',
  simpleRepeat: 'repeated',
  extendedRepeat: 'repeated',
  sequences: 'sequence',
  recentYears: 'date',
  dates: 'date',
  topTen: 'common',
  topHundred: 'common',
  common: 'common',
  similarToCommon: 'common',
  wordByItself: 'word',
  namesByThemselves: 'name',
  commonNames: 'name',
  userInputs: 'own',
}
