import { hash } from 'node:crypto'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { macKeyOf, type MacKey } from '#app/audit/audit_entry'
import { publicBytesOf, signerOf, type Signer, type Verifier } from '#app/audit/checkpoint'
import type { Keyring, RootPurpose } from '#app/keys/keyring'
import { keyring } from '#app/keys/keyring_service'

export interface AuditKeys {
  /** Signs with the newest key. */
  signer: Signer
  /** Of every version of the key: what a former one signed stays good. */
  verifiers: Verifier[]
  macKeys: MacKey[]
}

const KEPT_FOR_MS = 10 * 60_000
const kept = new WeakMap<Keyring, { keys: AuditKeys; until: number }>()

/**
 * The keys of the audit, of all versions. The audit's name, which each checkpoint begins with, is made of the first version
 * of the signing key: it stays when the key is rotated.
 */
export async function auditKeys(client: QueryClientContract): Promise<AuditKeys> {
  const ring = keyring()
  const known = kept.get(ring)
  if (known && known.until > performance.now()) return known.keys
  const seeds = await unwrapAll('audit_signing', ring, client)
  const name = `medinfo/${hash('sha256', publicBytesOf(seeds[0]!), 'hex').slice(0, 16)}`
  const signers = seeds.map((seed) => signerOf(seed, name))
  const macs = await unwrapAll('audit_mac', ring, client)
  const macKeys = macs.map(macKeyOf).reverse()
  const keys = { signer: signers.at(-1)!, verifiers: signers.map(({ verifier }) => verifier), macKeys }
  kept.set(ring, { keys, until: performance.now() + KEPT_FOR_MS })
  return keys
}

/** Oldest first. */
async function unwrapAll(purpose: RootPurpose, { provider }: Keyring, client: QueryClientContract): Promise<Buffer[]> {
  const rows = await client.from('root_keys').where({ purpose }).orderBy('version')
  if (!rows.length) throw new Error(`no ${purpose} key: run \`medinfo migrate\``)
  return Promise.all(rows.map(({ wrapped, kek_uri }) => provider.unwrap(wrapped, kek_uri, `medinfo/${purpose}`)))
}
