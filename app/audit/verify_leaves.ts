import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { AUDIT_COLUMNS, type AuditRow } from '#app/audit/audit_entry'
import type { AuditKeys } from '#app/audit/audit_keys'
import type { Findings } from '#app/audit/findings'
import type { Tree } from '#app/audit/merkle'
import { rowHasher, type RowHasher, type Seals } from '#app/audit/row_hasher'
import { selectRows } from '#app/core/insert_rows'

const PAGE = 5_000

type Leaf = AuditRow & { leaf: number; audit_id: number; leaf_hash: Buffer; node: Buffer | null }

interface Pass {
  client: QueryClientContract
  keys: AuditKeys
  tree: Tree
  /** As far as leaves go, and as far as they are signed: behind that no leaf is missed. */
  size: number
  signed: number
  told: Findings
  /** Before the tree grows to this size. */
  onPage: (size: number) => Promise<void>
  onLeaf: () => void
}

/** Reads the leaves in their order, each with its row, and grows the tree of what the rows say. Answers how many. */
export async function verifyLeaves(pass: Pass): Promise<number> {
  const { keys, tree, size, signed, told, onPage, onLeaf } = pass
  const begun = tree.size
  const hasher = rowHasher(keys.macKeys, size - begun)
  try {
    let next = readHashed(pass, hasher, begun)
    for (let { page, hashed } = await next; page.length; { page, hashed } = await next) {
      const upTo = Number(page.at(-1)!.leaf) + 1
      // The database reads on while this page is hashed.
      next = readHashed(pass, hasher, upTo)
      next.catch(() => {})
      await onPage(upTo)
      const seals = await hashed
      for (const [at, leaf] of page.entries()) {
        for (; tree.size < Math.min(Number(leaf.leaf), signed); onLeaf()) skip(tree, told)
        verifyLeaf(leaf, seals[at]!, tree, told)
        onLeaf()
      }
    }
  } finally {
    await hasher.close()
  }
  await onPage(size)
  for (; tree.size < Math.min(size, signed); onLeaf()) skip(tree, told)
  return tree.size - begun
}

async function readHashed({ client, size }: Pass, hasher: RowHasher, from: number) {
  const page = await readPage(client, from, size)
  const hashed = hasher.hash(page)
  hashed.catch(() => {})
  return { page, hashed }
}

function readPage(client: QueryClientContract, from: number, size: number): Promise<Leaf[]> {
  return selectRows<Leaf>(
    client,
    `select l.leaf, l.audit_id, l.hash as leaf_hash, l.node, ${AUDIT_COLUMNS.map((column) => `a.${column}`).join(', ')},
       a.mac
     from audit_leaves l left join audit_logs a on a.id = l.audit_id
     where l.leaf >= ? and l.leaf < ? order by l.leaf limit ${PAGE}`,
    [from, size]
  )
}

const NOTHING = Buffer.alloc(32)

/** A leaf that is gone: the next root tells that what stood there is not known any more. */
function skip(tree: Tree, told: Findings) {
  told.tell('leaf_missing', { leaf: tree.size })
  tree.add(NOTHING)
}

function verifyLeaf(leaf: Leaf, { leaf: ofRow, hasMac }: Seals, tree: Tree, told: Findings) {
  const { leaf_hash: hash, node } = leaf
  const where = () => ({ leaf: Number(leaf.leaf), id: Number(leaf.audit_id), uid: leaf.uid as string, at: atOf(leaf) })
  let known = hash
  if (leaf.mac === null) told.tell('row_missing', { ...where(), uid: undefined, at: undefined })
  else {
    // What is in the tree says which of both was altered: a row as it was written has a code that fits.
    if (!Buffer.isBuffer(hash) || !ofRow.equals(hash)) told.tell(hasMac ? 'leaf_altered' : 'row_altered', where())
    else if (!hasMac) told.tell('row_forged', where())
    if (hasMac) known = ofRow
  }
  const subtree = tree.add(known)
  if (node === null ? subtree !== known : !Buffer.isBuffer(node) || !node.equals(subtree))
    told.tell('leaf_altered', where())
}

const atOf = (row: AuditRow) => row.created_at as string
