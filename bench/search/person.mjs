import { patientAt } from '../../tools/sample/people.mjs'
import { Random } from '../../tools/sample/random.mjs'

const SEED = 1
const SYLLABLES =
  'ba bi bo da di do fa fe ga go ka ke ki la li lo ma me mi na ne no ra ri ro sa se so ta te to wa za zi'
const PARTS = SYLLABLES.split(' ')

/**
 * Patient `index` of the sample; one in thirty has a family name that few bear, of which there are some forty thousand:
 * the sample's own five hundred names are all frequent.
 */
export function patientOf(index) {
  const person = patientAt(SEED, index)
  const chance = new Random(SEED, 'rare name', index)
  if (!chance.chance(1 / 30)) return person
  const rare = Array.from({ length: 3 }, () => chance.pick(PARTS)).join('')
  return { ...person, family: rare[0].toUpperCase() + rare.slice(1) }
}
