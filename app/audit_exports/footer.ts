import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { auditKeys } from '#app/audit/audit_keys'
import { signNote } from '#app/audit/checkpoint'
import { Tree } from '#app/audit/merkle'
import type { CheckpointRow } from '#app/audit/tree_head'
import { ProofReader } from '#app/audit_exports/proof_reader'
import { now } from '#app/core/clock'

/** What of the audit an export is about: its last checkpoint, and the largest number of a row. */
export interface Sealed {
  checkpoint: CheckpointRow | null
  last: number
  size: number
}

interface Footer {
  told: { asked: object; rows: number; unsealed: number; sha256: string }
  sealed: Sealed
  /** Of former checkpoints, besides those that the places outside have. */
  sizes: number[]
}

/**
 * What makes an export a proof: the checkpoint, and a statement signed by the same key of what was asked and what the
 * lines before are. Without the statement nobody would notice a line that was taken out.
 */
export async function footerOf(client: QueryClientContract, { told, sealed, sizes }: Footer) {
  const { signer, verifiers } = await auditKeys(client)
  const root = sealed.checkpoint?.root ?? new Tree().root()
  const lines = [
    `${verifiers[0]!.name} export`,
    `time ${now().toISOString()}`,
    `asked ${JSON.stringify(told.asked)}`,
    `rows ${told.rows}`,
    `unsealed ${told.unsealed}`,
    `sha256 ${told.sha256}`,
    `checkpoint ${sealed.size} ${root.toString('base64')}`,
    ...verifiers.map(({ vkey }) => `key ${vkey}`),
  ]
  return {
    medinfo_audit_export: 1,
    statement: signNote(`${lines.join('\n')}\n`, signer),
    checkpoint: sealed.checkpoint?.note ?? null,
    consistency: await consistencyOf(client, sealed, sizes),
  }
}

/** That what was anchored before is the beginning of what is exported now. */
async function consistencyOf(client: QueryClientContract, { size }: Sealed, sizes: number[]) {
  const anchored = await client.from('audit_anchors').whereNotNull('size').select('size')
  const asked = new Set([...anchored.map((row) => Number(row.size)), ...sizes])
  const reader = new ProofReader(client, size)
  const proofs = []
  for (const former of [...asked].filter((one) => one > 0 && one < size).sort((one, other) => one - other)) {
    const [root, proof] = [await reader.rootOf(former), await reader.consistency(former)]
    const hashes = proof.map((hash) => hash.toString('base64'))
    if (root) proofs.push({ size: former, root: root.toString('base64'), proof: hashes })
  }
  return proofs
}
