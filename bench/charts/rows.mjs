// What is in the charts: rows in plain text, before their fields are sealed.
import { v7 } from 'uuid'
import { Random } from '../../tools/sample/random.mjs'

const times = ['created_at', 'updated_at']
export const COLUMNS = {
  consultations: [
    ...['id', 'uuid', 'version', 'patient_id', 'doctor_id', 'date', 'reason', 'diagnosis', 'diagnosis_code'],
    ...['diagnosis_code_system', 'notes', 'status', ...times],
  ],
  prescriptions: [
    ...['uuid', 'version', 'patient_id', 'consultation_id', 'prescribed_by', 'medicine', 'code', 'code_system'],
    ...['dosage', 'route', 'duration', 'status', 'prescribed_at', ...times],
  ],
  medical_records: [
    ...['uuid', 'version', 'patient_id', 'doctor_id', 'consultation_id', 'type', 'description', 'code', 'code_system'],
    ...['content', 'occurred_at', 'timeline_at', 'status', ...times],
  ],
  lab_results: [
    ...['uuid', 'version', 'patient_id', 'consultation_id', 'performed_by', 'test_name', 'result', 'code'],
    ...['code_system', 'value', 'unit', 'reference_range', 'flag', 'result_date', 'status', ...times],
  ],
}

const YEAR = 365 * 86_400_000
const END = Date.UTC(2026, 0, 1)
const LONG_CHART = { consultations: 0.3, prescriptions: 0.15, medical_records: 0.15, lab_results: 0.4 }

/**
 * How many records of each kind the chart of patient `index` has. The first has `entries` over the four kinds and beside
 * them older lab results, so that it has `entries` of these too; the others share what is left, and `entries` results.
 */
export function shareOf(index, patients, consultations, entries) {
  const long = Object.fromEntries(
    Object.entries(LONG_CHART).map(([table, part]) => [table, Math.round(entries * part)])
  )
  if (index === 0) return { ...long, olderResults: entries - long.lab_results, isLong: true }
  // The nth part of a total, so that the parts of all add up to it.
  const part = (total) =>
    Math.floor((total * index) / (patients - 1)) - Math.floor((total * (index - 1)) / (patients - 1))
  const rest = Math.max(0, consultations - long.consultations)
  return {
    consultations: part(rest),
    prescriptions: part(Math.round(rest * 0.4)),
    medical_records: part(Math.round(rest * 0.4)),
    lab_results: part(Math.max(entries, Math.round(rest * 0.25))),
    olderResults: 0,
    isLong: false,
  }
}

const DIAGNOSES = [
  ['Paludisme simple', 'B54'],
  ['Hypertension essentielle', 'I10'],
  ['Diabète de type 2', 'E11.9'],
  ['Infection aiguë des voies respiratoires supérieures', 'J06.9'],
]
const MEDICINES = [
  ['Amoxicilline 500 mg, gélule', 'J01CA04'],
  ['Paracétamol 1 g, comprimé', 'N02BE01'],
  ['Amlodipine 5 mg, comprimé', 'C08CA01'],
]
const TESTS = [
  ['Hémoglobine', '718-7', 'g/dL', '12 - 16', [7, 18]],
  ['Glycémie à jeun', '1558-6', 'mmol/L', '3.9 - 5.5', [3, 15]],
  ['Créatinine', '2160-0', 'mg/dL', '0.6 - 1.2', [0, 6]],
]
let lastConsultation = 0

/** The rows of one chart as [table, row], consultations first: the others refer to them. */
export function* rowsOfChart({ id, dob }, { doctor, lab }, share) {
  const chance = new Random('chart', id)
  const born = Math.max(Date.parse(dob), END - 10 * YEAR)
  const first = lastConsultation + 1
  const consultation = () => (share.consultations ? chance.whole(first, lastConsultation) : null)
  for (let n = 0; n < share.consultations; n++)
    yield ['consultations', { ...row(id, momentIn(chance, born, END), 'date'), ...held(chance, doctor) }]
  // A prescription hangs on a consultation.
  for (let n = 0; share.consultations && n < share.prescriptions; n++) {
    const prescribed = { ...prescription(chance), prescribed_by: doctor, consultation_id: consultation() }
    yield ['prescriptions', { ...row(id, momentIn(chance, born, END), 'prescribed_at'), ...prescribed }]
  }
  for (let n = 0; n < share.medical_records; n++) {
    const kept = row(id, momentIn(chance, born, END), 'timeline_at')
    const about = { ...observation(chance), doctor_id: doctor, consultation_id: consultation() }
    yield ['medical_records', { ...kept, occurred_at: kept.timeline_at, ...about }]
  }
  for (let n = 0; n < share.lab_results + share.olderResults; n++) {
    const isOlder = n >= share.lab_results
    const taken = isOlder ? momentIn(chance, END - 20 * YEAR, born) : momentIn(chance, born, END)
    // Another laboratory than the one whose own list is read has seen the long chart.
    const about = { ...measured(chance), performed_by: share.isLong ? null : lab, consultation_id: consultation() }
    yield ['lab_results', { ...row(id, taken, 'result_date'), ...about }]
  }
}

function momentIn(chance, from, to) {
  return new Date(chance.whole(from, to)).toISOString().replace('T', ' ').slice(0, 23)
}

function row(patient, at, dated) {
  return { uuid: v7(), version: 1, patient_id: patient, [dated]: at, created_at: at, updated_at: at }
}

function held(chance, doctor) {
  const [diagnosis, code] = chance.pick(DIAGNOSES)
  return {
    id: ++lastConsultation,
    doctor_id: doctor,
    reason: 'Fièvre et maux de tête depuis trois jours',
    diagnosis,
    diagnosis_code: code,
    diagnosis_code_system: 'ICD-10',
    notes: `Tension ${chance.whole(10, 18)}/${chance.whole(6, 10)}, pouls ${chance.whole(55, 110)}. Revoir si la fièvre dure plus de deux jours.`,
    status: 'finished',
  }
}

function prescription(chance) {
  const [medicine, code] = chance.pick(MEDICINES)
  return {
    medicine,
    code,
    code_system: 'ATC',
    dosage: 'Un comprimé trois fois par jour',
    route: 'orale',
    duration: `${chance.whole(3, 30)} jours`,
    status: 'active',
  }
}

function observation(chance) {
  const [description, code] = chance.pick(DIAGNOSES)
  const isCondition = chance.chance(0.5)
  const weight = { name: 'Poids', value: chance.whole(40, 110), unit: 'kg' }
  return {
    type: isCondition ? 'condition' : 'vital_signs',
    description: isCondition ? description : 'Constantes à l’arrivée',
    code: isCondition ? code : null,
    code_system: isCondition ? 'ICD-10' : null,
    content: isCondition ? null : JSON.stringify({ measurements: [weight] }),
    status: 'active',
  }
}

function measured(chance) {
  const [name, code, unit, range, [low, high]] = chance.pick(TESTS)
  const value = `${chance.whole(low, high)}.${chance.whole(0, 9)}`
  return {
    test_name: name,
    result: `${value} ${unit}`,
    code,
    code_system: 'LOINC',
    value,
    unit,
    reference_range: range,
    flag: 'N',
    status: 'final',
  }
}
