import { insertRows, selectRows } from '#app/core/insert_rows'
import type { EntityName } from '#app/mappings/mapping'
import { importerOf } from '#app/imports/importers'
import { secondOf } from '#app/users/import_users'
import type { BatchScope, Known } from '#app/imports/entity_importer'

type Client = BatchScope['trx']

/** What an earlier row with this key became. */
export interface Link extends Known {
  entity: EntityName
  digest: Buffer
  /** The version that the import left. A higher one means that somebody has edited the record here since. */
  version: number
  currentVersion: number
  seenRunId: number
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

/** The links of these tokens, by hexadecimal token, with the records' present versions and patients. */
export async function loadLinks(tokens: Buffer[], client: Client): Promise<Map<string, Link>> {
  const links = new Map<string, Link>()
  const distinct = [...new Map(tokens.map((token) => [token.toString('hex'), token])).values()]
  for (let from = 0; from < distinct.length; from += AT_ONCE) {
    const part = distinct.slice(from, from + AT_ONCE)
    const rows = await selectRows<LinkRow>(client, `select * from import_links where token in (${marks(part)})`, part)
    for (const row of rows) {
      links.set(row.token.toString('hex'), {
        id: Number(row.record_id),
        uuid: row.record_uuid,
        patientUuid: row.entity === 'patient' ? row.record_uuid : null,
        entity: row.entity,
        digest: row.digest,
        version: Number(row.record_version),
        currentVersion: 0,
        seenRunId: Number(row.seen_run_id),
      })
    }
  }
  await loadPresent([...links.values()], client)
  return links
}

/** How each table tells its version and its patient. */
const PRESENT: Record<EntityName, string> = {
  user: 'select id, updated_at as version, null as patient_uuid from users where id in',
  patient: 'select id, version, uuid as patient_uuid from patients where id in',
  assignment: joined('doctor_patient'),
  consultation: joined('consultations'),
  prescription:
    'select t.id, t.version, p.uuid as patient_uuid from prescriptions t join consultations c on c.id = t.consultation_id join patients p on p.id = c.patient_id where t.id in',
  medical_record: joined('medical_records'),
  lab_result: joined('lab_results'),
}

function joined(table: string) {
  return `select t.id, t.version, p.uuid as patient_uuid from ${table} t join patients p on p.id = t.patient_id where t.id in`
}

async function loadPresent(links: Link[], client: Client) {
  const byEntity = Map.groupBy(links, ({ entity }) => entity)
  for (const [entity, some] of byEntity) {
    const byId = Map.groupBy(some, ({ id }) => id)
    const ids = [...byId.keys()]
    for (let from = 0; from < ids.length; from += AT_ONCE) {
      const part = ids.slice(from, from + AT_ONCE)
      const rows = await selectRows<{ id: number; version: number | string; patient_uuid: string | null }>(
        client,
        `${PRESENT[entity]} (${marks(part)})`,
        part
      )
      for (const row of rows) {
        for (const link of byId.get(Number(row.id))!) {
          link.currentVersion = entity === 'user' ? secondOf(String(row.version)) : Number(row.version)
          link.patientUuid = row.patient_uuid
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
  await insertRows(
    client,
    'import_links',
    links.map((link) => ({ ...link, run_id: runId, seen_run_id: runId }))
  )
}

/** Notes that this run met the rows, so that a second row with the same key shows as a duplicate. */
export async function markSeen(tokens: Buffer[], runId: number, client: Client) {
  for (let from = 0; from < tokens.length; from += AT_ONCE) {
    const part = tokens.slice(from, from + AT_ONCE)
    await client.rawQuery(`update import_links set seen_run_id = ? where token in (${marks(part)})`, [
      runId,
      ...part,
    ] as never[])
  }
}

/** After an update: the row's new digest, and the new version for every row that stands for this record. */
export async function renewLink(token: Buffer, digest: Buffer, uuid: string, version: number, client: Client) {
  await client.rawQuery('update import_links set digest = ? where token = ?', [digest, token] as never[])
  await client.rawQuery('update import_links set record_version = ? where record_uuid = ?', [version, uuid] as never[])
}

function marks(list: unknown[]) {
  return list.map(() => '?').join(',')
}

export function tableOf(entity: EntityName): string {
  return importerOf(entity).table
}
