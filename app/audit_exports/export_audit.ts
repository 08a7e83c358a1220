import { createHash } from 'node:crypto'
import vine from '@vinejs/vine'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { auditKeys } from '#app/audit/audit_keys'
import AuditPolicy from '#app/audit/audit_policy'
import { pagesOfRows, type Asked, type ExportedRow } from '#app/audit_exports/export_rows'
import { footerOf, type Sealed } from '#app/audit_exports/footer'
import { ProofReader } from '#app/audit_exports/proof_reader'
import { footerLine, FORMATS, headingOf, writtenRow, type Format } from '#app/audit_exports/written_row'
import { lastCheckpoint } from '#app/audit/tree_head'
import { requireConfirmed } from '#app/core/confirmed'
import { selectRows } from '#app/core/insert_rows'
import { readCase } from '#app/core/read_case'
import { moment, rowUuid } from '#app/core/rules'
import { findUser } from '#app/users/find_user'

export interface AuditExport {
  /** The file in pieces of whole lines, read as they are asked for. */
  chunks: AsyncGenerator<string>
  /** Up to now: rows written, and rows that are not sealed yet, which an export with proofs leaves out; the tree's size. */
  counts: { rows: number; unsealed: number; size: number }
}

const size = () => vine.number().withoutDecimals().min(1)

/**
 * The audit, in whole or in part, to be taken away; `proof` adds to each row that it is in the tree of the last
 * checkpoint, and `sizes` are those of former checkpoints of which is proven that they are its beginning.
 */
export const exportAudit = readCase({
  name: 'audit.export',
  input: vine.create({
    from: moment().optional(),
    to: moment().optional(),
    patient: rowUuid().optional(),
    user: vine.string().maxLength(190).optional(),
    format: vine.enum(FORMATS),
    proof: vine.boolean().optional(),
    sizes: vine.array(size()).maxLength(100).optional(),
  }),
  find: ({ user }, { client }) => (user === undefined ? null : findUser(user, client)),
  policy: [AuditPolicy, 'export'],
  async run({ caller, client, subject }, { format, proof = false, sizes = [], ...given }) {
    requireConfirmed(caller)
    const period = { ...given, user: subject?.uuid }
    const keys = await auditKeys(client)
    const checkpoint = await lastCheckpoint(client, keys)
    const [top] = await selectRows<{ id: number | null }>(client, 'select max(id) as id from audit_logs')
    const sealed = { checkpoint, last: Number(top?.id ?? 0), size: Number(checkpoint?.size ?? 0) }
    const counts = { rows: 0, unsealed: 0, size: sealed.size }
    const asked = { ...period, format, proof }
    const chunks = chunksOf(client, { asked, sealed, sizes, counts })
    return { chunks, counts, asked }
  },
  details: ({ asked, counts: { size: rows } }: AuditExport & { asked: object }) => ({ asked, size: rows }),
})

interface Work {
  asked: Asked & { format: Format; proof: boolean }
  sealed: Sealed
  sizes: number[]
  counts: AuditExport['counts']
}

async function* chunksOf(client: QueryClientContract, { asked, sealed, sizes, counts }: Work): AsyncGenerator<string> {
  const { format, proof } = asked
  const digest = createHash('sha256')
  const proofs = proof ? new ProofReader(client, sealed.size) : null
  const heading = headingOf(format, proof)
  digest.update(heading)
  yield heading
  const isSealed = ({ leaf }: ExportedRow) => leaf !== null && Number(leaf) < sealed.size
  for await (const page of pagesOfRows(client, asked, sealed.last)) {
    const inTree = page.filter(isSealed)
    const rows = proof ? inTree : page
    const paths = await proofs?.inclusion(rows.map(({ leaf }) => Number(leaf)))
    const chunk = rows.map((row, at) => writtenRow(format, row, paths?.[at])).join('')
    digest.update(chunk)
    counts.rows += rows.length
    counts.unsealed += page.length - inTree.length
    yield chunk
  }
  const told = { asked, ...counts, sha256: digest.digest('hex') }
  yield footerLine(format, await footerOf(client, { told, sealed, sizes: proof ? sizes : [] }))
}
