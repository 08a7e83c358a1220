import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { KeptKind, KeptRow } from '#app/charts/chart_kinds'
import { selectRows } from '#app/core/insert_rows'
import { dataKeysById } from '#app/keys/data_keys'
import { dataKeyIdOf, openField } from '#app/keys/field_crypto'

/** A row of `record_versions`, with whoever replaced the version. */
interface Former {
  uuid: string
  body: Buffer
  via: string
  at: string
  user_uuid: string | null
}

const SELECT = `select v.uuid, v.body, v.via, v.at, (select u.uuid from users u where u.id = v.user_id) as user_uuid
  from record_versions v where v.entity_uuid = ? and v.entity = ? and v.version <= ? and v.version < ?
  order by v.version desc limit ?`

/** The versions that are no more, the latest first. */
export function formerVersions(
  present: KeptRow,
  { upTo, limit }: { upTo: number; limit: number },
  client: QueryClientContract
): Promise<Former[]> {
  const { entity, entityUuid } = present.auditIdentity()
  return selectRows<Former>(client, SELECT, [entityUuid, entity, upTo, present.version, limit])
}

/**
 * Former versions as rows of their model, so that whatever tells of a record tells of them too. A column that came
 * later was empty then. Errors: FieldUnreadable.
 */
export async function rebuilt<Row extends KeptRow>(
  { model, references }: Pick<KeptKind<Row>, 'model' | 'references'>,
  present: Row,
  former: Former[],
  client: QueryClientContract
): Promise<Row[]> {
  const bodies = await opened(former, client)
  const rows = bodies.map((columns) => {
    const row = new model() as Row
    for (const [attribute, { columnName, meta }] of model.$columnsDefinitions) {
      const value = columns[columnName] ?? null
      row.$attributes[attribute] = meta?.isInstant && typeof value === 'string' ? new Date(value) : value
    }
    Object.assign(row.$extras, present.$extras)
    return row
  })
  for (const [name, [attribute, table]] of Object.entries(references))
    await nameReference(rows, present, { name, attribute, table }, client)
  return rows
}

/** The key is the one that sealed the body, whichever seals today. */
async function opened(former: Former[], client: QueryClientContract): Promise<Record<string, unknown>[]> {
  const sealed = former.map(({ uuid, body }) => {
    const place = { table: 'record_versions', column: 'body', uuid }
    return { body, place, keyId: dataKeyIdOf(body, place) }
  })
  const distinct = new Map(sealed.map(({ keyId }) => [keyId.toString('latin1'), keyId]))
  const keys = await dataKeysById([...distinct.values()], client)
  return sealed.map(
    ({ body, place, keyId }) =>
      JSON.parse(openField({ key: keys.keyFor(keyId, place) }, body, place)) as Record<string, unknown>
  )
}

interface Reference {
  name: string
  attribute: string
  table: string
}

/** One query a page, and none where nobody changed what the record refers to. */
async function nameReference(
  rows: KeptRow[],
  present: KeptRow,
  { name, attribute, table }: Reference,
  client: QueryClientContract
) {
  const idOf = (row: KeptRow) => row.$attributes[attribute] as number | null
  const others = rows.filter((row) => idOf(row) !== idOf(present))
  const ids = [...new Set(others.map(idOf))].filter((id) => id !== null)
  const found = ids.length ? await client.from(table).select('id', 'uuid').whereIn('id', ids) : []
  const uuids = new Map(found.map(({ id, uuid }) => [Number(id), uuid as string]))
  for (const row of others) row.$extras[name] = uuids.get(Number(idOf(row))) ?? null
}
