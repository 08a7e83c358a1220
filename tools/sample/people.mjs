import { nationalId, phoneOf, spoilNationalId } from './identity.mjs'
import { ALLERGIES, CONDITIONS, SPECIALITIES } from './medicine.mjs'
import { COUNTRIES, STREETS } from './places.mjs'
import { Random } from './random.mjs'

export const FIRST_DAY = Date.UTC(2019, 0, 7)
export const LAST_DAY = Date.UTC(2025, 11, 19)
const DAY = 86_400_000

/** What may be wrong with a row of patients.csv, one thing a row, and how often. */
const PATIENT_FLAWS = [
  { flaw: 'patients_exact_duplicate', weight: 1.5 },
  { flaw: 'patients_same_person_other_number', weight: 2 },
  { flaw: 'patients_day_and_month_swapped', weight: 1.5 },
  { flaw: 'patients_bad_national_id', weight: 2.5 },
  { flaw: 'patients_missing_number', weight: 1 },
  { flaw: '', weight: 91.5 },
]
const UNREADABLE = ['patients_day_and_month_swapped', 'patients_bad_national_id', 'patients_missing_number']

export const writeDate = (date) => date.toISOString().slice(0, 10).split('-').reverse().join('/')

/** Month first, with a day past the twelfth, so that no reader takes it for another date. */
export function writeSwappedDate(date) {
  const [year, month] = date.toISOString().split('-')
  return `${month}/${String(13 + (date.getUTCDate() % 16)).padStart(2, '0')}/${year}`
}

/** Patient `index` of the seed: the same whenever asked for, so that visits need no memory of a million of them. */
export function patientAt(seed, index) {
  const chance = new Random(seed, 'patient', index)
  const country = chance.weighted(COUNTRIES)
  const sex = chance.chance(0.54) ? 'F' : 'M'
  const born = new Date(Date.UTC(2025 - ageOf(chance), chance.whole(0, 11), chance.whole(1, 28)))
  const died = chance.chance(0.02) ? new Date(FIRST_DAY + chance.whole(400, 2500) * DAY) : null
  const id = { country: country.code, sex, born }
  const patient = {
    number: `P${String(index + 1).padStart(7, '0')}`,
    ...id,
    family: chance.pick(country.families),
    given: chance.pick(sex === 'M' ? country.men : country.women),
    nationalId: chance.chance(isChild(born) ? 0.6 : 0.07) ? '' : nationalId(index, chance, id),
    phone: chance.chance(0.1) ? '' : phoneOf(country.code, chance),
    address: `${chance.whole(1, 180)} ${chance.pick(STREETS)}, ${chance.pick(country.cities)}`,
    allergies: allergiesOf(chance),
    died: died && died > born ? died : null,
    writtenSex: chance.pick(sex === 'M' ? ['M', 'M', 'M', 'H', 'Masculin'] : ['F', 'F', 'F', 'Féminin']),
    hasEmail: chance.chance(0.18),
    isShouted: chance.chance(0.3),
  }
  patient.chronic = chronicOf(chance, patient)
  if (chance.chance(0.02)) patient.writtenSex = ''
  return { ...patient, flaw: flawOf(seed, index, patient) }
}

function ageOf(chance) {
  const { low, high } = chance.weighted([
    { low: 1, high: 14, weight: 28 },
    { low: 15, high: 34, weight: 32 },
    { low: 35, high: 59, weight: 28 },
    { low: 60, high: 92, weight: 12 },
  ])
  return chance.whole(low, high)
}

const isChild = (born) => born.getUTCFullYear() > 2009

function allergiesOf(chance) {
  if (!chance.chance(0.14)) return []
  const first = chance.weighted(ALLERGIES)
  const second = chance.weighted(ALLERGIES)
  return chance.chance(0.2) && second !== first ? [first, second] : [first]
}

function chronicOf(chance, patient) {
  const age = 2025 - patient.born.getUTCFullYear()
  const possible = CONDITIONS.filter((each) => each.chronic && suits(each, patient, age))
  return possible.length && chance.chance(age > 40 ? 0.55 : 0.08) ? chance.weighted(possible) : null
}

/** Whether someone of this age, sex and country comes with this. */
export function suits(condition, { sex, country }, age) {
  const [youngest, oldest] = condition.ages ?? [0, 120]
  if (age < youngest || age > oldest) return false
  return (condition.sex ?? sex) === sex && (condition.countries ?? [country]).includes(country)
}

function flawOf(seed, index, patient) {
  const { flaw } = new Random(seed, 'patient flaw', index).weighted(PATIENT_FLAWS)
  const needsId = flaw === 'patients_bad_national_id' || flaw === 'patients_same_person_other_number'
  return needsId && patient.nationalId === '' ? '' : flaw
}

/** Rows that nobody can read have no visits: what flaws.json counts is then what an import refuses, row for row. */
export const hasVisits = (patient) => !UNREADABLE.includes(patient.flaw)

export const secondNumber = (patient) => patient.number.replace('P0', 'P9')

/** The rows of patients.csv that this patient makes: one, or two when the export has them twice. */
export function patientRows(patient, chance) {
  const row = rowOf(patient, chance)
  switch (patient.flaw) {
    case 'patients_exact_duplicate':
      return [row, row]
    case 'patients_same_person_other_number':
      return [row, [secondNumber(patient), patient.family, patient.given.replace(/[-' ]/g, ''), ...row.slice(3)]]
    case 'patients_day_and_month_swapped':
      return [row.with(4, writeSwappedDate(patient.born))]
    case 'patients_bad_national_id':
      return [row.with(5, spoilNationalId(patient.nationalId, chance))]
    case 'patients_missing_number':
      return [row.with(0, '')]
    default:
      return [row]
  }
}

export const PATIENT_COLUMNS = [
  'NumDossier',
  'Nom',
  'Prenom',
  'Sexe',
  'DateNaissance',
  'CIN',
  'Pays',
  'Telephone',
  'Courriel',
  'Adresse',
  'Allergies',
  'DateDeces',
]

function rowOf(patient, chance) {
  const { number, family, given, writtenSex, born, country, phone, address, died } = patient
  const letters = (text) =>
    text
      .normalize('NFD')
      .replace(/[^A-Za-z]/g, '')
      .toLowerCase()
  const email = patient.hasEmail ? `${letters(given)}.${letters(family)}${chance.whole(1, 999)}@example.org` : ''
  return [
    number,
    patient.isShouted ? family.toUpperCase() : family,
    given,
    writtenSex,
    writeDate(born),
    patient.nationalId,
    country,
    phone,
    email,
    address,
    patient.allergies.map((each) => each.name).join(' / '),
    died ? writeDate(died) : '',
  ]
}

export const DOCTOR_COLUMNS = ['Code', 'NomComplet', 'Specialite']

export function doctorRows(seed) {
  return SPECIALITIES.map((speciality, index) => {
    const chance = new Random(seed, 'doctor', index)
    const country = chance.weighted(COUNTRIES)
    const given = chance.pick(chance.chance(0.5) ? country.women : country.men)
    return [doctorCode(index), `Dr ${given} ${chance.pick(country.families).toUpperCase()}`, speciality]
  })
}

const doctorCode = (index) => `M${String(index + 1).padStart(2, '0')}`

/** Someone of general practice, or of the speciality where the condition or a child's age leads. */
export function doctorFor(condition, isChild, chance) {
  const wanted = ['Médecine générale', condition.speciality, isChild ? 'Pédiatrie' : undefined]
  const able = [...SPECIALITIES.keys()].filter((index) => wanted.includes(SPECIALITIES[index]))
  return doctorCode(chance.pick(able))
}
