// What is searched: keys of patients whom the load made, drawn evenly over them, so that frequent names come often; and
// one in three by its name, so that rare ones come too.
import { foldName } from '../../build/app/patients/names/fold_name.js'
import { Random } from '../../tools/sample/random.mjs'
import { patientOf } from './person.mjs'

const MISSPELLINGS = [
  [/ou/, 'u'],
  [/ia/, 'ya'],
  [/(?<=[aeiou])ss/, 's'],
  [/(?<=[aeiou])([tlmnrd])(?=[aeiou])/, '$1$1'],
  [/dj/, 'j'],
  [/^k/, 'c'],
  [/^c(?=[aou])/, 'k'],
  [/ph/, 'f'],
  [/y/, 'i'],
  [/(?<=[a-z])h/, ''],
  [/(?<=\w{3})e$/, 'é'],
  [/th/, 't'],
  [/gu(?=[ei])/, 'g'],
]

/** Kind of search → `count` queries of the search route, the same ones in every run. */
export function drawSearches(patients, count) {
  const drawn = (kind, make) => Array.from({ length: count }, (_, n) => make(new Random('search', kind, n)))
  const someone = (chance) => patientOf(chance.whole(0, patients - 1))
  const word = (chance) => chance.pick(wordsOf(someone(chance)).flat())
  return {
    'beginning of a name': drawn('prefix', (chance) => ({ name: beginningOf(word(chance), chance) })),
    'name and beginning of another': drawn('prefix two', (chance) => {
      const [[family], [given]] = wordsOf(someone(chance))
      return { name: `${family} ${beginningOf(given, chance)}` }
    }),
    'misspelt name': drawn('misspelt', (chance) => ({ name: misspell(word(chance), chance) })),
    'misspelt full name': drawn('misspelt two', (chance) => {
      const { family, given } = someone(chance)
      return { name: `${misspell(foldName(given), chance)} ${misspell(foldName(family), chance)}` }
    }),
    'names of two different people': drawn('strangers', (chance) => {
      return { name: `${someone(chance).given} ${someone(chance).family}` }
    }),
    'phone': drawn('phone', (chance) => ({ phone: firstWith('phone', chance, patients) })),
    'national id': drawn('national id', (chance) => {
      const { nationalId, country } = firstOf((person) => person.nationalId, chance, patients)
      return { national_id: nationalId, national_id_country: country || 'generic' }
    }),
    'date of birth': drawn('dob', (chance) => ({ dob: someone(chance).born.toISOString().slice(0, 10) })),
    'name and date of birth': drawn('name and dob', (chance) => {
      const { family, born } = someone(chance)
      return { name: misspell(foldName(family), chance), dob: born.toISOString().slice(0, 10) }
    }),
  }
}

const wordsOf = ({ family, given }) => [foldName(family).split(' '), foldName(given).split(' ')]

/** Two letters or more: what a desk has typed when the first answer comes. */
function beginningOf(word, chance) {
  return word.slice(0, chance.whole(2, Math.max(2, word.length)))
}

function misspell(name, chance) {
  const possible = MISSPELLINGS.filter(([letters]) => letters.test(name))
  return possible.length ? name.replace(...chance.pick(possible)) : name
}

const firstWith = (field, chance, patients) => firstOf((person) => person[field], chance, patients)[field]

function firstOf(has, chance, patients) {
  for (;;) {
    const person = patientOf(chance.whole(0, patients - 1))
    if (has(person)) return person
  }
}
