import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { Infer } from '@vinejs/vine/types'
import { pageOf, type Page } from '#app/core/keyset'
import { readCase } from '#app/core/read_case'
import { includeDoctors } from '#app/doctors/include_doctors'
import { defaultCountry } from '#app/patients/default_country'
import { findByNationalId, findByPhone } from '#app/patients/find_by_national_id'
import { countBearers, filterByWords, wordsAskedFor, type Bearers } from '#app/patients/name_search'
import { walkNames, walkPosition } from '#app/patients/name_walk'
import Patient, { IS_CURRENT } from '#app/patients/patient'
import PatientPolicy from '#app/patients/patient_policy'
import { SearchNeedsAKey } from '#app/patients/patient_problems'
import { listPatientsValidator, searchPatientsValidator } from '#app/patients/patient_validator'
import { typedRanges } from '#app/patients/typed_names'

type Keys = Omit<Infer<typeof searchPatientsValidator>, 'limit' | 'cursor'>
type PatientQuery = ReturnType<typeof Patient.visibleTo>

const SORTS = {
  name: { column: 'sort_name', kind: 'text' },
  dob: { column: 'dob', kind: 'day' },
  created_at: { column: 'created_at', kind: 'instant' },
  updated_at: { column: 'updated_at', kind: 'instant' },
} as const

/** By any key but the name. Answers whether there was one. */
async function filterByKeys(query: PatientQuery, keys: Keys, client: QueryClientContract): Promise<boolean> {
  if (keys.dob) void query.where('patients.dob', keys.dob)
  if (keys.mrn) void query.where('patients.mrn', keys.mrn)
  if (keys.phone) void query.whereIn('patients.uuid', await findByPhone(keys.phone, client))
  if (keys.national_id) {
    const country = keys.national_id_country ?? (await defaultCountry(client))
    void query.where('patients.uuid', (await findByNationalId(keys.national_id, country, client)) ?? '')
  }
  return Boolean(keys.dob || keys.mrn || keys.phone || keys.national_id)
}

/** Another key leads to a few patients, of whom the name is looked up; else the word that the fewest bear leads. */
async function filterByName(query: PatientQuery, name: string, hasOtherKey: boolean, client: QueryClientContract) {
  const words = wordsAskedFor(name)
  if (hasOtherKey) filterByWords(query, words)
  else filterByRarest(query, await countBearers(words, client))
}

function filterByRarest(query: PatientQuery, bearers: Bearers[]) {
  const rarest = bearers.find(({ areMany }) => !areMany) ?? bearers[0]
  filterByWords(
    query,
    bearers.map(({ word }) => word),
    rarest?.word
  )
}

const IS_NOT_MERGED = 'coalesce(patients.merged_into_id, 0) = 0'

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
  async run({ caller, client }, { sort = 'name', retired, count, include, limit, cursor, ...keys }) {
    const query = Patient.visibleTo(caller.user, client)
    if (retired === 'true')
      void query.whereRaw(IS_NOT_MERGED).whereNotNull('patients.retired_at').whereNull('patients.erased_at')
    else void query.whereRaw(IS_CURRENT)
    const hasOtherKey = await filterByKeys(query, keys, client)
    if (keys.name) await filterByName(query, keys.name, hasOtherKey, client)
    const total = count ? await countOf(query) : undefined
    const by = SORTS[sort.replace('-', '') as keyof typeof SORTS]
    const order = { list: 'patients', direction: sort.startsWith('-') ? 'desc' : 'asc', ...by } as const
    const page = await pageOf(query, 'patients', order, { limit, cursor })
    if (include?.includes('doctors')) await includeDoctors(page.rows, client)
    return { ...page, count: total }
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
    const query = Patient.query({ client }).select(SUMMARY.map((column) => `patients.${column}`))
    const hasOtherKey = await filterByKeys(query, keys, client)
    if (keys.name && !hasOtherKey) return searchNames(query, keys.name, { limit, cursor }, client)
    if (keys.name) filterByWords(query, wordsAskedFor(keys.name))
    return pageOf(query.whereRaw(IS_CURRENT), 'patients', SEARCHED, { limit, cursor })
  },
})

const SUMMARY = ['id', 'uuid', 'mrn', 'family_name', 'given_name', 'sex', 'dob']
const SEARCHED = { list: 'search', direction: 'asc', ...SORTS.name } as const

/** A word that few bear gives few patients, sorted by name; else the page is read in the order of an index. */
async function searchNames(
  query: PatientQuery,
  name: string,
  { limit = 25, cursor }: { limit?: number; cursor?: string },
  client: QueryClientContract
): Promise<Page<Patient>> {
  const words = wordsAskedFor(name)
  const typed = typedRanges(name)
  const position = walkPosition(cursor, words, typed)
  const bearers = await countBearers(words, client)
  const isWalked = position !== null || (!cursor && bearers.length > 0 && bearers.every(({ areMany }) => areMany))
  if (!isWalked) {
    filterByRarest(query.whereRaw(IS_CURRENT), bearers)
    return pageOf(query, 'patients', SEARCHED, { limit, cursor })
  }
  const { rows: ids, nextCursor } = await walkNames({ typed, bearers, client }, position, limit)
  const rows = ids.length ? await query.whereIn('patients.id', ids) : []
  return { rows: rows.sort((a, b) => ids.indexOf(Number(a.id)) - ids.indexOf(Number(b.id))), nextCursor }
}

async function countOf(query: PatientQuery): Promise<number> {
  const row = await query.clone().clearSelect().pojo<{ n: number }>().count('* as n').first()
  return Number(row!.n)
}
