import vine from '@vinejs/vine'
import type { ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'
import { behind, typedMrn } from '#app/charts/browsed_rows'
import { browse } from '#app/core/browse'
import { readCase } from '#app/core/read_case'
import { day, rowUuid } from '#app/core/rules'
import { includeDoctors } from '#app/doctors/include_doctors'
import Patient, { IS_CURRENT } from '#app/patients/patient'
import PatientPolicy from '#app/patients/patient_policy'
import { nameRange } from '#app/patients/typed_names'

export const PATIENT_STATES = ['active', 'retired', 'merged'] as const

type PatientQuery = ModelQueryBuilderContract<typeof Patient>
type PatientState = (typeof PATIENT_STATES)[number]

const SHOWN = [...Patient.SUMMARY, 'retired_at', 'merged_into_id', 'created_at', 'updated_at', 'version']
const COLUMNS = SHOWN.map((column) => `patients.${column}`)

/** Patients as the back office lists them: what tells people apart, and nothing that is encrypted. */
export const browsePatients = browse({
  name: 'patients.browse',
  policy: [PatientPolicy, 'viewEvery'],
  filters: {
    mrn: typedMrn().optional(),
    family_name: vine.string().trim().maxLength(120).optional(),
    dob_from: day().optional(),
    dob_to: day().optional(),
    state: vine.enum(PATIENT_STATES).optional(),
  },
  sorts: { name: 'patients.sort_name', dob: 'patients.dob', created_at: 'patients.created_at' },
  tie: 'patients.uuid',
  query({ client }, { mrn, family_name, dob_from, dob_to, state }) {
    const query = Patient.query({ client }).select(COLUMNS).whereNull('patients.erased_at')
    if (mrn) void query.where('patients.mrn', mrn as string)
    if (family_name) whereNameBegins(query, family_name as string)
    if (dob_from) void query.where('patients.dob', '>=', dob_from as string)
    if (dob_to) void query.where('patients.dob', '<=', dob_to as string)
    return state ? narrow(query, state as PatientState) : query
  },
  show: rowOf,
})

/** One of them, with who treats them at present. */
export const openPatientRow = readCase({
  name: 'patients.open_row',
  input: vine.create({ id: rowUuid() }),
  find: ({ id }, { caller, client }) =>
    Patient.ownerSeenBy(caller.user, client)
      .select(COLUMNS)
      .select(behind('patients.merged_into_id', 'patients.mrn', 'merged_mrn'))
      .where('patients.uuid', id)
      .firstOrFail(),
  policy: [PatientPolicy, 'viewEvery'],
  async run({ subject: patient, client }) {
    await includeDoctors([patient], client)
    return {
      ...rowOf(patient),
      merged_into: patient.$extras.merged_mrn as string | null,
      clinicians: (patient.openAssignments ?? []).map(({ doctorName }) => doctorName),
      account: patient.userId === null ? 'none' : 'linked',
      auditIdentity: () => patient.auditIdentity(),
    }
  },
})

/** Family names come first in what names are sorted by. What holds no letter begins no name. */
function whereNameBegins(query: PatientQuery, name: string) {
  const { low, high } = nameRange(name)
  if (!low) return void query.whereRaw('1 = 0')
  void query.where('patients.sort_name', '>=', low).where('patients.sort_name', '<', high)
}

function narrow(query: PatientQuery, state: PatientState) {
  if (state === 'active') return query.whereRaw(IS_CURRENT)
  if (state === 'merged') return query.whereNotNull('patients.merged_into_id')
  return query.whereNotNull('patients.retired_at').whereNull('patients.merged_into_id')
}

function stateOf({ mergedIntoId, isRetired }: Patient): PatientState {
  if (mergedIntoId !== null) return 'merged'
  return isRetired ? 'retired' : 'active'
}

function rowOf(patient: Patient) {
  return {
    id: patient.uuid,
    uuid: patient.uuid,
    name: `${patient.familyName} ${patient.givenName}`,
    family_name: patient.familyName,
    given_name: patient.givenName,
    mrn: patient.mrn,
    sex: patient.sex,
    dob: patient.dob,
    state: stateOf(patient),
    version: patient.version,
    retired_at: patient.retiredAt?.toISOString() ?? null,
    created_at: patient.createdAt.toISOString(),
    updated_at: patient.updatedAt.toISOString(),
  }
}
