import { insertRows, selectRows } from '#app/core/insert_rows'
import type { EntityName } from '#app/mappings/mapping'
import type { BatchScope, Known } from '#app/imports/entity_importer'
import { versionOf } from '#app/users/import_users'

type Client = BatchScope['trx']

/** The version of a link whose row did not make its record: the row was merged, and never changes it. */
export const MERGED = 0

/** What an earlier row with this key became. */
export interface Link extends Known {
  entity: EntityName
  digest: Buffer
  /** The version that the import left, or MERGED. A higher one means that somebody has edited the record here since. */
  version: number
  currentVersion: number
  seenRunId: number
  hasAccount: boolean
}

interface LinkRow {
  token: Buffer
  entity: EntityName
  record_id: number
  record_uuid: string
  record_version: number
  digest: Buffer
  seen_run_id: number
}

const AT_ONCE = 500
const COLUMNS = 'token, entity, record_id, record_uuid, record_version, digest, seen_run_id'

/** The links of these tokens, by hexadecimal token, with the records' present versions and patients. */
export async function loadLinks(tokens: Buffer[], client: Client): Promise<Map<string, Link>> {
  const links = new Map<string, Link>()
  const distinct = [...new Map(tokens.map((token) => [token.toString('hex'), token])).values()]
  for (const part of parts(distinct)) {
    const sql = `select ${COLUMNS} from import_links where token in (${marks(part)})`
    for (const row of await selectRows<LinkRow>(client, sql, part)) {
      links.set(row.token.toString('hex'), {
        id: Number(row.record_id),
        uuid: row.record_uuid,
        patientUuid: row.entity === 'patient' ? row.record_uuid : null,
        entity: row.entity,
        digest: row.digest,
        version: Number(row.record_version),
        currentVersion: 0,
        seenRunId: Number(row.seen_run_id),
        hasAccount: false,
      })
    }
  }
  await loadPresent([...links.values()], client)
  return links
}

/** How each table tells its version, its patient and whether that has an account. */
const PRESENT: Record<EntityName, string> = {
  user: 'select id, updated_at as version, null as patient_uuid, null as user_id, null as erased_at from users where id in',
  patient: 'select id, version, uuid as patient_uuid, user_id, erased_at from patients where id in',
  assignment: joined('doctor_patient'),
  consultation: joined('consultations'),
  prescription: `select t.id, t.version, p.uuid as patient_uuid, null as user_id, p.erased_at from prescriptions t
    join consultations c on c.id = t.consultation_id join patients p on p.id = c.patient_id where t.id in`,
  medical_record: joined('medical_records'),
  lab_result: joined('lab_results'),
}

function joined(table: string) {
  return `select t.id, t.version, p.uuid as patient_uuid, null as user_id, p.erased_at from ${table} t
    join patients p on p.id = t.patient_id where t.id in`
}

interface PresentRow {
  id: number
  version: number | string
  patient_uuid: string | null
  user_id: number | null
  erased_at: string | null
}

async function loadPresent(links: Link[], client: Client) {
  for (const [entity, some] of Map.groupBy(links, (link) => link.entity)) {
    const byId = Map.groupBy(some, ({ id }) => id)
    for (const part of parts([...byId.keys()])) {
      const rows = await selectRows<PresentRow>(client, `${PRESENT[entity]} (${marks(part)})`, part)
      for (const row of rows) {
        for (const link of byId.get(Number(row.id))!) {
          link.currentVersion = entity === 'user' ? versionOf(String(row.version)) : Number(row.version)
          link.patientUuid = row.patient_uuid
          link.hasAccount = row.user_id !== null
          link.isErased = row.erased_at !== null
        }
      }
    }
  }
}

export interface NewLink {
  token: Buffer
  entity: EntityName
  record_id: number
  record_uuid: string
  record_version: number
  digest: Buffer
  file: string
  line: number
}

export async function insertLinks(links: NewLink[], runId: number, client: Client) {
  const rows = links.map((link) => ({ ...link, run_id: runId, seen_run_id: runId }))
  await insertRows(client, 'import_links', rows)
}

/** Notes that this run met the rows, so that a second row with the same key shows as a duplicate. */
export async function markSeen(tokens: Buffer[], runId: number, client: Client) {
  for (const part of parts(tokens)) {
    const sql = `update import_links set seen_run_id = ? where token in (${marks(part)})`
    await client.rawQuery(sql, [runId, ...part] as never[])
  }
}

/** After an update: what the row said, and the version that it left. */
export async function renewLink(token: Buffer, digest: Buffer, version: number, client: Client) {
  const sql = 'update import_links set digest = ?, record_version = ? where token = ?'
  await client.rawQuery(sql, [digest, version, token] as never[])
}

function marks(list: unknown[]) {
  return list.map(() => '?').join(',')
}

function* parts<T>(list: T[]): Generator<T[]> {
  for (let from = 0; from < list.length; from += AT_ONCE) yield list.slice(from, from + AT_ONCE)
}
