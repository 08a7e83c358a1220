import { hash } from 'node:crypto'

/*
 * The Merkle tree of RFC 6962, section 2.1, over leaves that are hashed already. Of n leaves the tree keeps its edge: the
 * roots of the complete subtrees into which n falls, one for each 1 in its binary form. 11 = 8 + 2 + 1:
 *
 *             o            o     o
 *       0 … … … … … 7     8 9    10      edge = [root of 0–7, root of 8–9, leaf 10]
 *
 * A new leaf merges with the subtrees of its size that stand before it; the root folds the edge from the right. The largest
 * complete subtree that ends with a leaf never changes, so that it can be kept beside the leaf: the edge of any size, and
 * every proof, is then read from some of them.
 */

const EMPTY_ROOT = hash('sha256', Buffer.alloc(0), 'buffer')
const pair = Buffer.alloc(65)
pair[0] = 1

export function nodeHash(left: Buffer, right: Buffer): Buffer {
  left.copy(pair, 1)
  right.copy(pair, 33)
  return hash('sha256', pair, 'buffer')
}

/** A tree that grows at its end; it holds log2(size) hashes. */
export class Tree {
  readonly edge: Buffer[]

  constructor(
    public size = 0,
    edge: Buffer[] = []
  ) {
    this.edge = [...edge]
  }

  /** Answers the root of the largest complete subtree that ends with this leaf; of an even leaf, the leaf itself. */
  add(leaf: Buffer): Buffer {
    let node = leaf
    for (let rest = this.size; rest % 2 === 1; rest = (rest - 1) / 2) node = nodeHash(this.edge.pop()!, node)
    this.edge.push(node)
    this.size++
    return node
  }

  root(): Buffer {
    return this.edge.length ? this.edge.reduceRight((right, left) => nodeHash(left, right)) : EMPTY_ROOT
  }
}

/** The leaves with which the subtrees of an edge end: for 11 these are 7, 9 and 10. */
export function edgeLeaves(size: number): number[] {
  const ends: number[] = []
  for (let end = 0; end < size;) ends.push((end += largestPower(size - end)) - 1)
  return ends
}

/** The root of the complete subtree of 2^level leaves that is the index-th of its level; level 0 are the leaves. */
export type Subtree = (level: number, index: number) => Buffer

/** The audit path of RFC 6962, section 2.1.1, from the leaf upwards, in the tree of the first `size` leaves. */
export function inclusionProof(leaf: number, size: number, subtree: Subtree): Buffer[] {
  if (leaf < 0 || leaf >= size) throw new RangeError(`no leaf ${leaf} in a tree of ${size}`)
  return pathTo(leaf, 0, size, subtree)
}

function pathTo(leaf: number, from: number, to: number, subtree: Subtree): Buffer[] {
  if (to - from === 1) return []
  const middle = from + halfOf(to - from)
  return leaf < middle
    ? [...pathTo(leaf, from, middle, subtree), rangeRoot(middle, to, subtree)]
    : [...pathTo(leaf, middle, to, subtree), rangeRoot(from, middle, subtree)]
}

/** RFC 6962, section 2.1.2: that the tree of the first `first` leaves is the beginning of the one of `second`. */
export function consistencyProof(first: number, second: number, subtree: Subtree): Buffer[] {
  if (first < 1 || first > second) throw new RangeError(`${first} is no size before ${second}`)
  return first === second ? [] : remainder(first, 0, second, true, subtree)
}

function remainder(first: number, from: number, to: number, isWhole: boolean, subtree: Subtree): Buffer[] {
  if (first === to) return isWhole ? [] : [rangeRoot(from, to, subtree)]
  const middle = from + halfOf(to - from)
  return first <= middle
    ? [...remainder(first, from, middle, isWhole, subtree), rangeRoot(middle, to, subtree)]
    : [...remainder(first, middle, to, false, subtree), rangeRoot(from, middle, subtree)]
}

/** `from` is a multiple of the largest subtree in the range, as each range of a proof is. */
function rangeRoot(from: number, to: number, subtree: Subtree): Buffer {
  const size = to - from
  const power = largestPower(size)
  if (power === size) return subtree(Math.log2(size), from / size)
  return nodeHash(subtree(Math.log2(power), from / power), rangeRoot(from + power, to, subtree))
}

const largestPower = (size: number) => 2 ** Math.floor(Math.log2(size))
const halfOf = (size: number) => 2 ** (Math.ceil(Math.log2(size)) - 1)

/** The root that an inclusion proof leads to (RFC 9162, section 2.1.3.2); null when it is too short or too long. */
export function rootOfInclusion(leaf: Buffer, index: number, size: number, proof: Buffer[]): Buffer | null {
  if (index >= size) return null
  let [node, at, last] = [leaf, index, size - 1]
  for (const sibling of proof) {
    if (last === 0) return null
    if (at % 2 === 1 || at === last) {
      node = nodeHash(sibling, node)
      for (; at % 2 === 0 && at !== 0; at /= 2) last = Math.floor(last / 2)
    } else node = nodeHash(node, sibling)
    at = Math.floor(at / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 ? node : null
}
