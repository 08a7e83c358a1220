import { ANALYSES, CONDITIONS } from './medicine.mjs'
import {
  FIRST_DAY,
  LAST_DAY,
  doctorFor,
  hasVisits,
  patientAt,
  secondNumber,
  suits,
  writeDate,
  writeSwappedDate,
} from './people.mjs'
import { Random } from './random.mjs'

const DAY = 86_400_000

export const VISIT_COLUMNS = [
  'NumVisite',
  'NumDossier',
  'Medecin',
  'DateVisite',
  'Heure',
  'Motif',
  'Diagnostic',
  'CodeCIM',
  'Traitement',
  'Posologie',
  'Duree',
  'Notes',
]
export const ANALYSIS_COLUMNS = [
  'NumAnalyse',
  'NumDossier',
  'NumVisite',
  'Analyse',
  'CodeLOINC',
  'Valeur',
  'Unite',
  'Norme',
  'DateResultat',
]

/** What may be wrong with a row of visites.csv. The last two are wrong as text, so `table.mjs` writes them. */
const VISIT_FLAWS = [
  { flaw: 'visits_of_unknown_patient', weight: 1 },
  { flaw: 'visits_day_and_month_swapped', weight: 1.2 },
  { flaw: 'visits_stray_delimiter', weight: 1 },
  { flaw: 'visits_unbalanced_quote', weight: 0.15 },
  { flaw: '', weight: 96.65 },
]

/** Visit `index` of `count`, which go from the first day to the last in order, and what was measured. */
export function visitAt(seed, index, count, patients) {
  const chance = new Random(seed, 'visit', index)
  const date = openDay(((index + chance.next()) / count) * (LAST_DAY - FIRST_DAY))
  const patient = patientAliveOn(seed, date, patients, chance)
  const { flaw } = new Random(seed, 'visit flaw', index).weighted(VISIT_FLAWS)
  const condition = conditionOf(patient, date, chance)
  const number = `V${String(index + 1).padStart(8, '0')}`
  const isSecondNumber = patient.flaw === 'patients_same_person_other_number' && chance.chance(0.5)
  const patientNumber = isSecondNumber ? secondNumber(patient) : patient.number
  const row = [
    number,
    flaw === 'visits_of_unknown_patient' ? `X${chance.digits(7)}` : patientNumber,
    doctorFor(condition, isChildOn(patient, date), chance),
    flaw === 'visits_day_and_month_swapped' ? writeSwappedDate(date) : writeDate(date),
    chance.chance(0.12)
      ? ''
      : `${String(chance.whole(8, 17)).padStart(2, '0')}:${chance.pick(['00', '15', '30', '45'])}`,
    chance.pick(condition.reasons),
    condition.diagnosis,
    condition.code,
    ...treatmentOf(patient, condition, date),
    notesOf(condition, flaw, chance),
  ]
  return { row, flaw, analyses: flaw ? [] : analysesOf(condition, { number, patientNumber, date }, chance) }
}

/** The day this many milliseconds after the first; Sundays are closed. */
function openDay(offset) {
  const day = new Date(FIRST_DAY + Math.floor(offset / DAY) * DAY)
  return day.getUTCDay() === 0 ? new Date(day.getTime() + DAY) : day
}

function patientAliveOn(seed, date, patients, chance) {
  for (;;) {
    const patient = patientAt(seed, chance.whole(0, patients - 1))
    if (hasVisits(patient) && patient.born < date && !(patient.died && patient.died < date)) return patient
  }
}

const ageOn = (patient, date) => (date - patient.born) / DAY / 365.25

function conditionOf(patient, date, chance) {
  const age = ageOn(patient, date)
  if (patient.chronic && suits(patient.chronic, patient, age) && chance.chance(0.55)) return patient.chronic
  return chance.weighted(CONDITIONS.filter((each) => !each.chronic && suits(each, patient, age)))
}

const isChildOn = (patient, date) => ageOn(patient, date) < 15

/** The first treatment that fits age and allergies, as [drug, dose, duration]; three empty fields when none does. */
function treatmentOf(patient, condition, date) {
  const isChild = isChildOn(patient, date)
  const barred = patient.allergies.map((each) => each.family).filter(Boolean)
  const chosen = condition.treatments.find((each) => !barred.includes(each.family) && !(isChild && each.adult))
  if (!chosen) return ['', '', '']
  const [name, dose] = isChild && chosen.child ? chosen.child : [chosen.name, chosen.dose]
  return [name, dose, chosen.days === 1 ? '1 jour' : `${chosen.days} jours`]
}

function notesOf(condition, flaw, chance) {
  const note = chance.pick(condition.notes)
  if (flaw === 'visits_stray_delimiter') return `${note}; revoir si besoin`
  if (flaw === 'visits_unbalanced_quote') return `"${note}`
  const draw = chance.next()
  if (draw < 0.35) return ''
  if (draw < 0.39) return `${note}; revoir dans ${chance.whole(2, 6)} semaines`
  if (draw < 0.41) return `${note}. Dit se sentir "mieux"`
  return note
}

function analysesOf(condition, { number, patientNumber, date }, chance) {
  if (!condition.analyses || !chance.chance(0.21)) return []
  const done = new Date(date.getTime() + chance.whole(0, 3) * DAY)
  return condition.analyses.map((key) => {
    const analysis = ANALYSES[key]
    const range = condition.healthy || chance.chance(0.3) ? analysis.normal : analysis.ill
    return [
      patientNumber,
      number,
      analysis.name,
      analysis.loinc,
      valueIn(range, analysis, chance),
      analysis.unit,
      normOf(analysis),
      writeDate(done),
    ]
  })
}

function valueIn(range, { decimals }, chance) {
  return typeof range === 'string' ? range : (range[0] + chance.next() * (range[1] - range[0])).toFixed(decimals)
}

const normOf = ({ normal }) => (typeof normal === 'string' ? normal : normal.join(' - '))
