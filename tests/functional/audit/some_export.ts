import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Group } from '@japa/runner/core'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { auditKeys } from '#app/audit/audit_keys'
import { exportAudit } from '#app/audit_exports/export_audit'
import type { Caller } from '#app/core/caller'
import { callerOf } from '#tests/acting'

/** An export of that database, as text. Its entry is not kept. */
export async function exported(client: QueryClientContract, given: Record<string, unknown> = {}, caller?: Caller) {
  const trx = await client.transaction()
  const own = { ...(caller ?? callerOf()), trx: { client: trx, refusals: [], numbers: [] } }
  try {
    const { chunks, counts } = await exportAudit(own, { format: 'ndjson', ...given })
    const texts: string[] = []
    for await (const chunk of chunks) texts.push(chunk)
    return { text: texts.join(''), counts }
  } finally {
    await trx.rollback()
  }
}

export interface Verdict {
  rows: number
  complete?: true
  compared: number[]
  incomparable: number[]
  findings: { kind: string; line?: number; uid?: string; size?: number; leaf?: number }[]
}

interface Tool {
  encodeRow(row: object): Buffer
  leafHash(row: object): Buffer
  rootOfInclusion(leaf: Buffer, index: number, size: number, proof: Buffer[]): Buffer | null
  isConsistent(given: object): boolean
  readVkey(text: string): object
  readCheckpoint(note: string, keys: object[]): { origin: string; size: number; root: Buffer } | null
  verifyExport(given: { file: string; vkeys: string[]; checkpoints?: string[] }): Promise<Verdict>
}

/** What an auditor has on their own machine. */
export const tool = (await import(new URL('../../../tools/verify-audit.mjs', import.meta.url).href)) as Tool

/** A folder of the group's own, and what verifies a text as a file in it. */
export function anAuditor(group: Group, client: () => QueryClientContract) {
  let folder: string
  group.setup(async () => {
    folder = await mkdtemp(join(tmpdir(), 'medinfo-auditor-'))
    return () => rm(folder, { recursive: true, force: true })
  })
  const inFile = async (text: string | Buffer, name = 'export.txt') => {
    const file = join(folder, name)
    await writeFile(file, text)
    return file
  }
  const vkeys = async () => (await auditKeys(client())).verifiers.map(({ vkey }) => vkey)
  const verdictOf = async (text: string | Buffer, checkpoints: string[] = []) =>
    tool.verifyExport({ file: await inFile(text), vkeys: await vkeys(), checkpoints })
  return { inFile, vkeys, verdictOf }
}
