import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import { now, toSqlInstant } from '#app/core/clock'
import type { KeyProvider } from '#app/keys/key_provider'

/** A key that the key-encryption key wraps. */
export interface KekRow {
  table: 'master_keys' | 'root_keys'
  id: number
  kekUri: string
  wrapped: Buffer
  /** What the wrapping is bound to. */
  context: string
}

/** All of them, in an order that stays. What is destroyed is wrapped by nothing. */
export async function kekRows(client: QueryClientContract): Promise<KekRow[]> {
  const rowOf = (table: KekRow['table']) => (row: any) => ({
    ...{ table, id: Number(row.id), kekUri: row.kek_uri, wrapped: row.wrapped },
    context: `medinfo/${row.purpose ?? 'master'}`,
  })
  const of = (table: KekRow['table']) => client.from(table).whereNot('state', 'destroyed').orderBy('id')
  const [masters, roots] = [await of('master_keys'), await of('root_keys')]
  return [...masters.map(rowOf('master_keys')), ...roots.map(rowOf('root_keys'))]
}

/** Those that another key-encryption key than this wraps. */
export async function kekRowsNotUnder(uri: string, client: QueryClientContract): Promise<KekRow[]> {
  const rows = await kekRows(client)
  return rows.filter(({ kekUri }) => kekUri !== uri)
}

/** The key-encryption keys that still wrap something. */
export async function keksInUse(client: QueryClientContract): Promise<string[]> {
  const rows = await kekRows(client)
  return rows.map(({ kekUri }) => kekUri)
}

interface Wrapping {
  kekUri: string
  wrapped: Buffer
}

/** Wraps the key anew, and makes sure that it opens. Asks the provider three times: not to be called in a transaction. */
export async function wrapAnew({ wrapped, kekUri, context }: KekRow, provider: KeyProvider): Promise<Wrapping> {
  const plain = await provider.unwrap(wrapped, kekUri, context)
  const anew = await provider.wrap(plain, context)
  if (!plain.equals(await provider.unwrap(anew.wrapped, anew.kekUri, context)))
    throw new Error(`${anew.kekUri} does not open what it wrapped`)
  return anew
}

/** Does nothing where another was quicker. */
export async function replaceWrapping(row: KekRow, { kekUri, wrapped }: Wrapping, trx: TransactionClientContract) {
  await trx
    .from(row.table)
    .where({ id: row.id, wrapped: row.wrapped })
    .update({ kek_uri: kekUri, wrapped, updated_at: toSqlInstant(now()) })
}
