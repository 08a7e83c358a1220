import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { KeyDoesNotOpen, KeyProviderUnavailable, type KeyProvider } from '#app/keys/key_provider'
import { now, toSqlInstant } from '#app/core/clock'

/** What a root key is for; each is wrapped by the KEK on its own, so that one use never reads another's. */
export const ROOT_PURPOSES = [
  'blind_index',
  'audit_mac',
  'source_ids',
  'audit_signing',
  'chart_codes',
  'sent_writes',
] as const
export type RootPurpose = (typeof ROOT_PURPOSES)[number]

const KEPT_FOR = 10 * 60_000

interface MasterRow {
  id: number
  kek_uri: string
  wrapped: Buffer
}

interface Unwrapped {
  id: number
  version: number
  key: KeyObject
  until: number
}

/** The few keys above the data keys: unwrapped by the provider, kept in memory for ten minutes. */
export class Keyring {
  private masters = new Map<number, Unwrapped>()
  private roots = new Map<RootPurpose, Unwrapped>()
  private activeIn = new WeakMap<QueryClientContract, number>()
  private lastActive?: number

  constructor(
    readonly provider: KeyProvider,
    private client: () => QueryClientContract
  ) {}

  /** Makes the first master key and the roots where they are missing. Run once at set-up, under the migration. */
  async prepare(client = this.client()): Promise<void> {
    if (!(await client.from('master_keys').where('state', 'active').first())) {
      const { kekUri, wrapped } = await this.provider.wrap(randomBytes(32), 'medinfo/master')
      await client.table('master_keys').insert({ kek_uri: kekUri, wrapped, state: 'active', ...stamps() })
    }
    for (const purpose of ROOT_PURPOSES) {
      if (await client.from('root_keys').where({ purpose, state: 'active' }).first()) continue
      const { kekUri, wrapped } = await this.provider.wrap(randomBytes(32), `medinfo/${purpose}`)
      await client
        .table('root_keys')
        .insert({ purpose, version: 1, kek_uri: kekUri, wrapped, state: 'active', ...stamps() })
    }
  }

  /**
   * The master key that wraps new data keys. Which one that is, is asked once in each transaction and held until its end:
   * a rotation that has named another waits for those who still wrap with the former one, and nobody begins to.
   */
  async active(client = this.client()): Promise<Unwrapped> {
    const known = this.activeIn.get(client)
    if (known) return this.master(known, client)
    const row = (await this.stillActive(client)) ?? (await ofState('active', client).forShare().first())
    if (!row) throw new Error('no master key: run `medinfo migrate`')
    const id = Number(row.id)
    this.lastActive = id
    if (client.isTransaction) this.activeIn.set(client, id)
    return this.keptMaster(id) ?? this.unwrapMaster(row)
  }

  /** By its id: a search would lock the end of the table too, and a rotation could not add its key under load. */
  private async stillActive(client: QueryClientContract): Promise<MasterRow | null> {
    if (!this.lastActive) return null
    const row = await client.from('master_keys').where('id', this.lastActive).forShare().first()
    return row?.state === 'active' ? row : null
  }

  /**
   * Read with a lock: a transaction that began before a rotation would not see the new key otherwise.
   * Errors: KeyDoesNotOpen, KeyProviderUnavailable.
   */
  async master(id: number, client = this.client()): Promise<Unwrapped> {
    const kept = this.keptMaster(id)
    if (kept) return kept
    const row = await client.from('master_keys').where('id', id).forShare().first()
    if (!row) throw new KeyDoesNotOpen(nameOfMaster(id), { cause: new Error('there is none of this id') })
    return this.unwrapMaster(row)
  }

  private keptMaster(id: number): Unwrapped | null {
    const kept = this.masters.get(id)
    return kept && kept.until > now().getTime() ? kept : null
  }

  private async unwrapMaster(row: MasterRow): Promise<Unwrapped> {
    const id = Number(row.id)
    const plain = await this.provider.unwrap(row.wrapped, row.kek_uri, 'medinfo/master').catch((error) => {
      if (error instanceof KeyProviderUnavailable) throw error
      throw new KeyDoesNotOpen(nameOfMaster(id), { cause: error })
    })
    const unwrapped = { id, version: id, key: createSecretKey(plain), until: now().getTime() + KEPT_FOR }
    this.masters.set(id, unwrapped)
    return unwrapped
  }

  async root(purpose: RootPurpose, client = this.client()): Promise<Unwrapped> {
    const kept = this.roots.get(purpose)
    if (kept && kept.until > now().getTime()) return kept
    const row = await client.from('root_keys').where({ purpose, state: 'active' }).orderBy('version', 'desc').first()
    if (!row) throw new Error(`no ${purpose} key: run \`medinfo migrate\``)
    const plain = await this.provider.unwrap(row.wrapped, row.kek_uri, `medinfo/${purpose}`)
    const key = createSecretKey(plain)
    const unwrapped = { id: Number(row.id), version: Number(row.version), key, until: now().getTime() + KEPT_FOR }
    this.roots.set(purpose, unwrapped)
    return unwrapped
  }
}

function nameOfMaster(id: number): string {
  return `master key ${id}`
}

function ofState(state: string, client: QueryClientContract) {
  return client.from('master_keys').where('state', state).orderBy('id', 'desc')
}

function stamps() {
  const at = toSqlInstant(now())
  return { created_at: at, updated_at: at }
}
