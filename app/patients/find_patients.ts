import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { Infer } from '@vinejs/vine/types'
import { pageOf, type Page } from '#app/core/keyset'
import { readCase } from '#app/core/read_case'
import { defaultCountry } from '#app/patients/default_country'
import { findByNationalId, findByPhone } from '#app/patients/find_by_national_id'
import { filterByName } from '#app/patients/name_search'
import Patient from '#app/patients/patient'
import PatientPolicy from '#app/patients/patient_policy'
import { SearchNeedsAKey } from '#app/patients/patient_problems'
import { listPatientsValidator, searchPatientsValidator } from '#app/patients/patient_validator'

type Keys = Omit<Infer<typeof searchPatientsValidator>, 'limit' | 'cursor'>
type PatientQuery = ReturnType<typeof Patient.visibleTo>

const SORTS = {
  name: { column: 'sort_name', kind: 'text' },
  dob: { column: 'dob', kind: 'day' },
  created_at: { column: 'created_at', kind: 'instant' },
  updated_at: { column: 'updated_at', kind: 'instant' },
} as const

async function filterByKeys(query: PatientQuery, keys: Keys, client: QueryClientContract) {
  if (keys.dob) void query.where('patients.dob', keys.dob)
  if (keys.mrn) void query.where('patients.mrn', keys.mrn)
  if (keys.phone) void query.whereIn('patients.uuid', await findByPhone(keys.phone, client))
  if (keys.national_id) {
    const country = keys.national_id_country ?? (await defaultCountry(client))
    void query.where('patients.uuid', (await findByNationalId(keys.national_id, country, client)) ?? '')
  }
  if (keys.name) filterByName(query, keys.name)
}

function uuidsOf({ rows }: Page<Patient>) {
  return { uuids: rows.map((row) => row.uuid) }
}

/** The caller's patients: everyone's for whoever may see everyone, those in their care for a clinician, their own for a patient. */
export const listPatients = readCase({
  name: 'patients.list',
  input: listPatientsValidator,
  find: () => null,
  policy: [PatientPolicy, 'viewAny'],
  details: uuidsOf,
  async run({ caller, client }, { sort = 'name', retired, count, limit, cursor, ...keys }) {
    const query = Patient.visibleTo(caller.user, client).whereNull('patients.merged_into_id')
    if (retired === 'true') void query.whereNotNull('patients.retired_at')
    else void query.whereNull('patients.retired_at')
    await filterByKeys(query, keys, client)
    const total = count ? await countOf(query) : undefined
    const by = SORTS[sort.replace('-', '') as keyof typeof SORTS]
    const order = { list: 'patients', direction: sort.startsWith('-') ? 'desc' : 'asc', ...by } as const
    return { ...(await pageOf(query, 'patients', order, { limit, cursor })), count: total }
  },
})

/** Finds anybody by a key. The answer is only what tells people apart; opening the chart is another matter. */
export const searchPatients = readCase({
  name: 'patients.search',
  input: searchPatientsValidator,
  find: () => null,
  policy: [PatientPolicy, 'find'],
  details: uuidsOf,
  async run({ client }, { limit, cursor, ...keys }) {
    if (!keys.name && !keys.national_id && !keys.phone && !keys.dob && !keys.mrn) throw new SearchNeedsAKey()
    const query = Patient.query({ client })
      .select('patients.id', 'patients.uuid', 'patients.mrn', 'patients.family_name', 'patients.given_name')
      .select('patients.sex', 'patients.dob')
      .whereNull('patients.retired_at')
      .whereNull('patients.merged_into_id')
    await filterByKeys(query, keys, client)
    return pageOf(query, 'patients', { list: 'search', direction: 'asc', ...SORTS.name }, { limit, cursor })
  },
})

async function countOf(query: PatientQuery): Promise<number> {
  const row = await query.clone().clearSelect().pojo<{ n: number }>().count('* as n').first()
  return Number(row!.n)
}
