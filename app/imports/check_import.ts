import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { selectRows } from '#app/core/insert_rows'
import { FieldUnreadable } from '#app/keys/field_crypto'
import { IMPORTERS } from '#app/imports/importers'
import { MERGED } from '#app/imports/links'
import { addUp, type Check, type ImportReport } from '#app/imports/report'
import Consultation from '#app/consultations/consultation'
import LabResult from '#app/labs/lab_result'
import MedicalRecord from '#app/records/medical_record'
import Patient from '#app/patients/patient'

/** What is looked at after a run; a failed check fails the run. Names are stable, details are for people. */
export async function checkImport(report: ImportReport, runId: number, client: QueryClientContract): Promise<Check[]> {
  return [
    rowsAddUp(report),
    ...(await linksLead(report, runId, client)),
    await foreignKeysHold(client),
    await accountsAreWhole(client),
    await fieldsOpen(runId, client),
  ]
}

function rowsAddUp(report: ImportReport): Check {
  const sum = addUp(report)
  return { name: 'rows_add_up', ok: sum === report.rows_read, detail: `${sum} / ${report.rows_read}` }
}

/** Every link of every source row leads to a record, and what this run says it made is there. */
async function linksLead(report: ImportReport, runId: number, client: QueryClientContract): Promise<Check[]> {
  const broken: string[] = []
  const counted: string[] = []
  const kinds = await selectRows<{ entity: string }>(client, 'select distinct entity from import_links')
  for (const { entity, table } of IMPORTERS.filter((importer) =>
    kinds.some(({ entity: one }) => one === importer.entity)
  )) {
    const [row] = await selectRows<{ lost: number; made: number }>(
      client,
      `select sum(case when t.id is null then 1 else 0 end) as lost,
         sum(case when t.id is not null and l.run_id = ? and l.record_version <> ${MERGED} then 1 else 0 end) as made
       from import_links l left join ${table} t on t.id = l.record_id and t.uuid = l.record_uuid where l.entity = ?`,
      [runId, entity]
    )
    const [made, created] = [Number(row!.made), report.by_entity[entity]?.created ?? 0]
    if (Number(row!.lost)) broken.push(`${entity}: ${row!.lost}`)
    if (made !== created) counted.push(`${entity}: ${made} / ${created}`)
  }
  return [
    { name: 'records_are_there', ok: !counted.length, detail: counted.join(', ') || 'ok' },
    { name: 'links_lead_to_records', ok: !broken.length, detail: broken.join(', ') || 'ok' },
  ]
}

interface ForeignKey {
  tbl: string
  col: string
  ref_tbl: string
  ref_col: string
}

/** Every foreign key of the database holds, looked up rather than believed. */
async function foreignKeysHold(client: QueryClientContract): Promise<Check> {
  if (client.dialect.name !== 'mysql') {
    const rows = await selectRows<{ table: string }>(client, 'pragma foreign_key_check')
    return { name: 'foreign_keys', ok: !rows.length, detail: rows.length ? `${rows.length}` : 'ok' }
  }
  const keys = await selectRows<ForeignKey>(
    client,
    `select table_name as tbl, column_name as col, referenced_table_name as ref_tbl, referenced_column_name as ref_col
     from information_schema.key_column_usage where table_schema = database() and referenced_table_name is not null`
  )
  const broken: string[] = []
  for (const { tbl, col, ref_tbl, ref_col } of keys) {
    const lost = await count(
      client,
      `select count(*) as n from ${tbl} a left join ${ref_tbl} b on b.${ref_col} = a.${col} where a.${col} is not null and b.${ref_col} is null`
    )
    if (lost) broken.push(`${tbl}.${col}: ${lost}`)
  }
  return { name: 'foreign_keys', ok: !broken.length, detail: broken.join(', ') || `${keys.length} ok` }
}

/** Every patient who is linked to an account is linked to one that exists and to nobody else's. */
async function accountsAreWhole(client: QueryClientContract): Promise<Check> {
  const linked = await count(client, 'select count(*) as n from patients where user_id is not null')
  const whole = await count(client, 'select count(distinct u.id) as n from patients p join users u on u.id = p.user_id')
  return { name: 'accounts', ok: linked === whole, detail: `${whole} / ${linked}` }
}

/** A sample of what this run wrote opens with its keys, through the models. */
async function fieldsOpen(runId: number, client: QueryClientContract): Promise<Check> {
  let opened = 0
  try {
    for (const [entity, model] of [
      ['patient', Patient],
      ['consultation', Consultation],
      ['medical_record', MedicalRecord],
      ['lab_result', LabResult],
    ] as const) {
      const links = await selectRows<{ record_id: number }>(
        client,
        'select record_id from import_links where run_id = ? and entity = ? limit 100',
        [runId, entity]
      )
      const ids = links.map(({ record_id }) => Number(record_id))
      const rows = await model.query({ client }).whereIn('id', ids)
      opened += rows.length
    }
  } catch (error) {
    if (!(error instanceof FieldUnreadable)) throw error
    return { name: 'fields_open', ok: false, detail: error.message }
  }
  return { name: 'fields_open', ok: true, detail: `${opened}` }
}

async function count(client: QueryClientContract, sql: string, bindings: unknown[] = []): Promise<number> {
  const [row] = await selectRows<{ n: number }>(client, sql, bindings)
  return Number(row!.n)
}
