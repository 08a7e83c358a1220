import { selectRows } from '#app/core/insert_rows'
import { CannotTake, standsFor, type BatchScope, type ImportRecord } from '#app/imports/entity_importer'
import { blindIndexer, type BlindToken, type TokensOf } from '#app/keys/blind_index'
import { blindIndexOf } from '#app/keys/blind_indexed'
import Patient from '#app/patients/patient'
import { identityIn, tokensOf } from '#app/patients/patient_tokens'

type Tokens = ReturnType<typeof tokensOf>
const made = new WeakMap<ImportRecord, { tokens: Tokens; versions: string }>()

/** The blind-index tokens of a record. Kept: they are asked for before the insert and at it. */
export function tokensFor(record: ImportRecord, country: string, tokensUnder: TokensOf): Tokens {
  const { versions } = tokensUnder
  const kept = made.get(record)
  // A batch that is written again may find the index under other keys.
  if (kept?.versions === versions) return kept.tokens
  const tokens = tokensOf(identityIn(record.columns), country, tokensUnder)
  made.set(record, { tokens, versions })
  return tokens
}

interface Holder {
  id: number
  uuid: string
  version: number
  dob: string
  sort_name: string
  token: Buffer
}

/** Who has a record number: nobody in the database yet, where it is a row of the batch. It stays with whoever is erased. */
interface MrnHolder {
  id: number | null
  isErased: boolean
}

/** Who has a national id or a record number: in the database, and by the rows of the batch that were looked at so far. */
interface Claims {
  holders: Map<string, Holder>
  mrns: Map<string, MrnHolder>
  first: Map<string, ImportRecord>
}

/**
 * The same national id is the same person, if the date of birth or the name agrees; if neither does, a person has to
 * look. A record number that somebody else has is refused. See EntityImporter.examine.
 */
export async function examinePatients(fresh: ImportRecord[], updates: ImportRecord[], { trx, country }: BatchScope) {
  const tokensUnder = await blindIndexer(trx)
  const tokens = new Map<ImportRecord, string>()
  const asked: BlindToken[] = []
  const { id: nationalId } = blindIndexOf(Patient, 'nationalId')
  for (const record of [...fresh, ...updates]) {
    const unique = tokensFor(record, country, tokensUnder).unique.find(({ field_id }) => field_id === nationalId)
    if (!unique) continue
    tokens.set(record, unique.token.toString('hex'))
    asked.push(unique)
  }
  const claims: Claims = {
    holders: await holdersOf(asked, trx),
    mrns: await takenMrns([...fresh, ...updates], trx),
    first: new Map(),
  }
  const refused = new Map<ImportRecord, CannotTake>()
  for (const record of updates) {
    const problem = examineUpdate(record, tokens.get(record), claims)
    if (problem) refused.set(record, problem)
  }
  for (const record of fresh) {
    const problem = examineFresh(record, tokens.get(record), claims)
    if (problem) refused.set(record, problem)
  }
  return refused
}

function examineUpdate(record: ImportRecord, token: string | undefined, claims: Claims): CannotTake | null {
  const holder = token === undefined ? undefined : (claims.holders.get(token) ?? claims.first.get(token)?.adopted)
  if (holder && holder.id !== record.adopted!.id) return new CannotTake('national_id_of_another', 'national_id')
  return claimMrn(record, claims) ?? claim(record, token, claims)
}

function examineFresh(record: ImportRecord, token: string | undefined, claims: Claims): CannotTake | null {
  const holder = token === undefined ? undefined : claims.holders.get(token)
  const earlier = token === undefined ? undefined : claims.first.get(token)
  if (!holder && !earlier) return claimMrn(record, claims) ?? claim(record, token, claims)
  if (!isSamePerson(record, holder ?? identityOf(earlier!))) {
    return new CannotTake('national_id_of_another', 'national_id')
  }
  record.adopted = holder ? { ...holder, patientUuid: holder.uuid } : standsFor(earlier!)
  return null
}

function claim(record: ImportRecord, token: string | undefined, { first }: Claims): null {
  if (token !== undefined) first.set(token, record)
  return null
}

function claimMrn(record: ImportRecord, { mrns }: Claims): CannotTake | null {
  const mrn = String(record.columns.mrn)
  if (!mrn) return null
  const holder = mrns.get(mrn)
  if (holder?.isErased) return new CannotTake('patient_erased', 'mrn')
  if (holder && holder.id !== record.adopted?.id) return new CannotTake('mrn_taken', 'mrn')
  mrns.set(mrn, { id: null, isErased: false })
  return null
}

function isSamePerson({ columns }: ImportRecord, holder: Pick<Holder, 'dob' | 'sort_name'>) {
  return columns.dob === holder.dob || columns.sort_name === holder.sort_name
}

function identityOf({ columns }: ImportRecord) {
  return { dob: String(columns.dob), sort_name: String(columns.sort_name) }
}

/** Those of one field, and all of the version that is complete. */
async function holdersOf(tokens: BlindToken[], trx: BatchScope['trx']): Promise<Map<string, Holder>> {
  const [first] = tokens
  if (!first) return new Map()
  const rows = await selectRows<Holder>(
    trx,
    `select p.id, p.uuid, p.version, p.dob, p.sort_name, b.token
     from unique_blind_indexes b join patients p on p.uuid = b.row_uuid
     where b.field_id = ? and b.key_version = ? and b.token in (${marks(tokens)})`,
    [first.field_id, first.key_version, ...tokens.map(({ token }) => token)]
  )
  return new Map(rows.map((row) => [row.token.toString('hex'), { ...row, id: Number(row.id) }]))
}

async function takenMrns(records: ImportRecord[], trx: BatchScope['trx']): Promise<Claims['mrns']> {
  const asked = records.map(({ columns }) => String(columns.mrn)).filter(Boolean)
  if (!asked.length) return new Map()
  const sql = `select id, mrn, erased_at from patients where mrn in (${marks(asked)})`
  const rows = await selectRows<{ id: number; mrn: string; erased_at: string | null }>(trx, sql, asked)
  return new Map(rows.map(({ id, mrn, erased_at: erasedAt }) => [mrn, { id: Number(id), isErased: erasedAt !== null }]))
}

function marks(list: unknown[]) {
  return list.map(() => '?').join(',')
}
