import { randomUUID } from 'node:crypto'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { AUDIT_COLUMNS, leafHashOf, type AuditRow } from '#app/audit/audit_entry'
import { auditKeys } from '#app/audit/audit_keys'
import { readCheckpoint, signerOf, signNote, writeCheckpoint } from '#app/audit/checkpoint'
import { Tree } from '#app/audit/merkle'
import { fromSqlInstant, now, toSqlInstant } from '#app/core/clock'
import { allRows, upTo } from '#tests/functional/audit/some_audit'
import { sealAnew, writeOn, type World } from '#tests/proofs/audit_tamper/world'

type Row = AuditRow & { id: number }
type Values = Record<string, string | number | Buffer | null>

/** What somebody does who owns the database and has no key. */
export type Mutation = (act: Act) => Promise<unknown>

/** One attempt: the tables within a transaction that is rolled back afterwards. */
export class Act {
  constructor(
    readonly trx: TransactionClientContract,
    readonly world: World
  ) {}

  below(end: number): number {
    return Math.floor(this.world.random() * end)
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!
  }

  bytes(length: number): Buffer {
    return Buffer.from(upTo(length).map(() => this.below(256)))
  }

  word(): string {
    return this.bytes(4).toString('hex')
  }

  rows(): Promise<Row[]> {
    return allRows(this.trx)
  }

  async row(): Promise<Row> {
    return this.pick(await this.rows())
  }

  /** Sealed ones, in the order of the tree. */
  leaves(): Promise<{ leaf: number; audit_id: number; hash: Buffer; node: Buffer | null }[]> {
    return this.trx.from('audit_leaves').orderBy('leaf')
  }

  checkpoints(): Promise<{ size: number; root: Buffer; note: string; created_at: string }[]> {
    return this.trx.from('audit_checkpoints').orderBy('size')
  }

  update(table: string, where: Values, values: Values) {
    return this.trx.from(table).where(where).update(values)
  }

  delete(table: string, where: Values) {
    return this.trx.from(table).where(where).delete()
  }
}

const ROWS = 'audit_logs'
const LEAVES = 'audit_leaves'
const CHECKPOINTS = 'audit_checkpoints'

export const MUTATIONS: Record<string, Mutation> = {
  async 'a column altered'(act) {
    const { id } = await act.row()
    const column = act.pick([...AUDIT_COLUMNS, 'mac'] as const)
    await act.update(ROWS, { id }, { [column]: otherValue(act, column) })
  },

  async 'a column emptied'(act) {
    const column = act.pick(['role', 'entity', 'entity_uuid', 'http_status', 'ip_address', 'user_agent', 'details'])
    await act.update(ROWS, { id: (await act.row()).id }, { [column]: null })
  },

  /* Before that it is the table's own, and says nothing. */
  async "a sealed row's number in the table altered"(act) {
    await act.update(ROWS, { id: act.pick(await act.leaves()).audit_id }, { id: 1_000_000 + act.below(1_000_000) })
  },

  async 'a sealed row deleted'(act) {
    await act.delete(ROWS, { id: act.pick(await act.leaves()).audit_id })
  },

  async 'a sealed row deleted with its leaf'(act) {
    const { leaf, audit_id: id } = act.pick(await act.leaves())
    await act.delete(LEAVES, { leaf })
    await act.delete(ROWS, { id })
  },

  async 'a row deleted before it was sealed, while its process writes on'(act) {
    await writeAndDelete(act)
    await sealAnew(act.trx)
  },

  async 'a row deleted before it was sealed, and those after it renumbered'(act) {
    const { writer, number, last } = await writeAndDelete(act)
    for (const wseq of upTo(last - number, number + 1)) await act.update(ROWS, { writer, wseq }, { wseq: wseq - 1 })
    await sealAnew(act.trx)
  },

  async 'a row invented'(act) {
    const { id: _, ...row } = await act.row()
    const wseq = 1 + act.below(50)
    await act.trx.table(ROWS).insert({ ...row, uid: randomUUID(), writer: act.bytes(8), wseq, mac: act.bytes(16) })
    if (act.below(2)) await sealAnew(act.trx)
  },

  async 'a row copied'(act) {
    await act.trx.table(ROWS).insert({ ...(await act.row()), id: 1_000_000 + act.below(1_000_000) })
    if (act.below(2)) await sealAnew(act.trx)
  },

  async 'a row copied under another uid'(act) {
    await act.trx.table(ROWS).insert({ ...(await act.row()), id: 1_000_000 + act.below(1_000_000), uid: randomUUID() })
  },

  async 'two rows exchanged'(act) {
    const [one, other] = [await act.row(), await act.row()]
    for (const [{ id }, { id: _, ...values }] of [
      [one, other],
      [other, one],
    ] as const)
      await act.update(ROWS, { id }, values)
  },

  async 'the rows of two leaves exchanged'(act) {
    const leaves = await act.leaves()
    const [one, other] = [act.pick(leaves), act.pick(leaves)]
    await act.update(LEAVES, { leaf: one.leaf }, { audit_id: 9_000_000 })
    await act.update(LEAVES, { leaf: other.leaf }, { audit_id: one.audit_id })
    await act.update(LEAVES, { leaf: one.leaf }, { audit_id: other.audit_id })
  },

  async 'the last rows cut off'(act) {
    const from = act.pick(await act.leaves()).audit_id
    await act.trx.from(ROWS).where('id', '>=', from).delete()
  },

  async 'the last leaves cut off'(act) {
    await act.trx
      .from(LEAVES)
      .where('leaf', '>=', act.pick(await act.leaves()).leaf)
      .delete()
  },

  async 'the last checkpoints cut off'(act) {
    await act.trx.from(CHECKPOINTS).where('size', '>=', act.pick(act.world.sizes)).delete()
  },

  async 'the last rows cut off with their leaves'(act) {
    const { leaf, audit_id: from } = act.pick(await act.leaves())
    await act.trx.from(LEAVES).where('leaf', '>=', leaf).delete()
    await act.trx.from(ROWS).where('id', '>=', from).delete()
  },

  async 'the hash of a leaf forged'(act) {
    await act.update(LEAVES, { leaf: act.pick(await act.leaves()).leaf }, { hash: act.bytes(32) })
  },

  async 'the subtree beside a leaf forged'(act) {
    await act.update(LEAVES, { leaf: act.pick(await act.leaves()).leaf }, { node: act.bytes(32) })
  },

  async 'a row altered, and its leaf made anew'(act) {
    const { leaf, audit_id: id } = act.pick(await act.leaves())
    await act.update(ROWS, { id }, { action: act.word() })
    const row = (await act.rows()).find((one) => one.id === id)!
    await act.update(LEAVES, { leaf }, { hash: leafHashOf(row) })
  },

  async 'a root forged'(act) {
    await act.update(CHECKPOINTS, { size: act.pick(act.world.sizes) }, { root: act.bytes(32) })
  },

  async 'a checkpoint signed with another key'(act) {
    const { size, note } = act.pick(await act.checkpoints())
    const { signer } = await auditKeys(act.world.client)
    const text = note.slice(0, note.indexOf('\n\n') + 1)
    await act.update(CHECKPOINTS, { size }, { note: signNote(text, signerOf(act.bytes(32), signer.name)) })
  },

  async 'a checkpoint that was signed for another size'(act) {
    const [one, other] = [act.pick(await act.checkpoints()), act.pick(await act.checkpoints())]
    await act.update(CHECKPOINTS, { size: one.size }, { note: other.note })
  },

  async 'the time of a checkpoint altered'(act) {
    const { size } = act.pick(await act.checkpoints())
    const at = toSqlInstant(new Date(now().getTime() - act.below(1e9)))
    await act.update(CHECKPOINTS, { size }, { created_at: at })
  },

  async 'a checkpoint deleted'(act) {
    await act.delete(CHECKPOINTS, { size: act.pick(act.world.sizes) })
  },

  async 'the whole tree made anew with another key'(act) {
    await act.update(ROWS, { id: act.pick(await act.leaves()).audit_id }, { action: act.word() })
    await forgeTree(act)
  },

  async 'the database put back to a former day'(act) {
    await putBack(act)
  },

  async 'the database put back, and written on'(act) {
    await putBack(act)
    const [newest] = act.world.sizes.slice(-1)
    await writeOn(act.trx, { writer: act.bytes(8), last: 0 }, newest! + act.below(50), now())
    await sealAnew(act.trx)
  },
}

/** Those that leave a database which is sound in itself: only a place outside tells them. */
export const NEEDS_ANCHOR = ['the database put back to a former day', 'the database put back, and written on']

function otherValue(act: Act, column: string) {
  if (column === 'mac') return act.bytes(16)
  if (column === 'writer') return act.bytes(8)
  if (column === 'created_at') return toSqlInstant(new Date(now().getTime() - act.below(1e10)))
  if (['wseq', 'user_id', 'http_status'].includes(column)) return 1 + act.below(600)
  return ['uid', 'entity_uuid', 'patient_uuid'].includes(column) ? randomUUID() : act.word()
}

/** A process writes some rows, of which one is deleted, and goes on for longer than 15 minutes. */
async function writeAndDelete(act: Act) {
  const { trx } = act
  const one = { writer: act.bytes(8), last: 0 }
  const at = (minutes: number) => new Date(now().getTime() - minutes * 60_000)
  await writeOn(trx, one, 4 + act.below(10), at(40))
  const number = 1 + act.below(one.last)
  await trx.from(ROWS).where({ writer: one.writer, wseq: number }).delete()
  await writeOn(trx, one, 1 + act.below(3), at(38))
  await writeOn(trx, one, 1 + act.below(3), at(2))
  return { writer: one.writer, number, last: one.last }
}

/** All hashes and roots of what the rows say by now; only the signatures cannot be right. */
async function forgeTree(act: Act) {
  const { signer } = await auditKeys(act.world.client)
  const forger = signerOf(act.bytes(32), signer.name)
  const rows = new Map((await act.rows()).map((row) => [Number(row.id), row]))
  const checkpoints = new Map((await act.checkpoints()).map((one) => [Number(one.size), one]))
  const tree = new Tree()
  for (const { leaf, audit_id: id } of await act.leaves()) {
    const hash = leafHashOf(rows.get(Number(id))!)
    const node = tree.add(hash)
    await act.update(LEAVES, { leaf }, { hash, node: node === hash ? null : node })
    const checkpoint = checkpoints.get(tree.size)
    if (!checkpoint) continue
    const [size, root, time] = [tree.size, tree.root(), fromSqlInstant(checkpoint.created_at)]
    const note = writeCheckpoint({ size, root, previous: readCheckpoint(checkpoint.note).previous!, time }, forger)
    await act.update(CHECKPOINTS, { size }, { root, note })
  }
}

/** As a backup has it that was made right after a seal. */
async function putBack(act: Act) {
  const size = act.pick(act.world.sizes.slice(0, -1))
  const leaves = await act.leaves()
  const last = leaves[size - 1]!.audit_id
  await act.trx.from(LEAVES).where('leaf', '>=', size).delete()
  await act.trx.from(CHECKPOINTS).where('size', '>', size).delete()
  await act.trx.from(ROWS).where('id', '>', last).delete()
}
