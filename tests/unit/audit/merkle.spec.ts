import { hash } from 'node:crypto'
import { test } from '@japa/runner'
import {
  consistencyProof,
  edgeLeaves,
  inclusionProof,
  nodeHash,
  rootOfInclusion,
  Tree,
  type Subtree,
} from '#app/audit/merkle'

const leafHash = (data: Buffer) => hash('sha256', Buffer.concat([Buffer.from([0]), data]), 'buffer')

/** The vectors of the reference implementation of certificate transparency: eight leaves, and the roots of 1 to 8. */
const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]

const leaves = (count: number) => Array.from({ length: count }, (_, n) => leafHash(Buffer.from(`${n}`)))

/** By the definition, of RFC 6962, section 2.1: slow, and nothing of it is ours. */
function rootByDefinition(hashes: Buffer[]): Buffer {
  if (hashes.length < 2) return hashes[0] ?? hash('sha256', '', 'buffer')
  let half = 1
  while (half * 2 < hashes.length) half *= 2
  return nodeHash(rootByDefinition(hashes.slice(0, half)), rootByDefinition(hashes.slice(half)))
}

const subtreeOf =
  (hashes: Buffer[]): Subtree =>
  (level, index) =>
    rootByDefinition(hashes.slice(index * 2 ** level, (index + 1) * 2 ** level))

test.group('The tree', () => {
  test('has the roots of the vectors', ({ assert }) => {
    const tree = new Tree()
    assert.equal(tree.root().toString('hex'), hash('sha256', ''))
    for (const [at, leaf] of LEAVES.entries()) {
      tree.add(leafHash(Buffer.from(leaf, 'hex')))
      assert.equal(tree.root().toString('hex'), ROOTS[at])
    }
  })

  test('has at every size the root of the definition, and goes on from what stands beside its leaves', ({ assert }) => {
    const hashes = leaves(260)
    const tree = new Tree()
    const nodes = hashes.map((leaf, at) => {
      const node = tree.add(leaf)
      const size = at + 1
      assert.deepEqual(tree.root(), rootByDefinition(hashes.slice(0, size)))
      return node
    })
    for (const [at] of hashes.entries()) {
      const again = new Tree(
        at,
        edgeLeaves(at).map((leaf) => nodes[leaf]!)
      )
      assert.deepEqual(again.root(), rootByDefinition(hashes.slice(0, at)))
      again.add(hashes[at]!)
      assert.deepEqual(again.root(), rootByDefinition(hashes.slice(0, at + 1)))
    }
  })

  test('keeps log2 of its size, past the 32 bits of an integer too', ({ assert }) => {
    const size = 2 ** 40 + 2 ** 33 + 1
    assert.deepEqual(edgeLeaves(size), [2 ** 40 - 1, 2 ** 40 + 2 ** 33 - 1, size - 1])
    const tree = new Tree(size, leaves(3))
    tree.add(leafHash(Buffer.from('next')))
    assert.lengthOf(tree.edge, 3)
    assert.deepEqual(edgeLeaves(0), [])
  })
})

test.group('A proof', () => {
  test('that a leaf is in the tree leads to its root, for every leaf of every size up to 40', ({ assert }) => {
    const hashes = leaves(40)
    const subtree = subtreeOf(hashes)
    for (let size = 1; size <= hashes.length; size++) {
      const root = rootByDefinition(hashes.slice(0, size))
      for (let leaf = 0; leaf < size; leaf++)
        assert.deepEqual(rootOfInclusion(hashes[leaf]!, leaf, size, inclusionProof(leaf, size, subtree)), root)
    }
  })

  test('of another leaf, shortened or lengthened leads elsewhere', ({ assert }) => {
    const hashes = leaves(21)
    const root = rootByDefinition(hashes)
    for (let leaf = 0; leaf < 21; leaf++) {
      const proof = inclusionProof(leaf, 21, subtreeOf(hashes))
      const wrong = [
        rootOfInclusion(hashes[(leaf + 1) % 21]!, leaf, 21, proof),
        rootOfInclusion(hashes[leaf]!, (leaf + 1) % 21, 21, proof),
        rootOfInclusion(hashes[leaf]!, leaf, 21, proof.slice(1)),
        rootOfInclusion(hashes[leaf]!, leaf, 21, [...proof, hashes[0]!]),
      ]
      for (const other of wrong) assert.isFalse(other?.equals(root) ?? false, `${leaf}`)
    }
    assert.throws(() => inclusionProof(21, 21, subtreeOf(hashes)))
  })

  test('that a tree begins with another has the hashes of the example in RFC 6962', ({ assert }) => {
    const hashes = leaves(7)
    const [a, b, c, d, e, f, j] = hashes as [Buffer, Buffer, Buffer, Buffer, Buffer, Buffer, Buffer]
    const [g, h, i] = [nodeHash(a, b), nodeHash(c, d), nodeHash(e, f)]
    const [k, l] = [nodeHash(g, h), nodeHash(i, j)]
    const proofs = [3, 4, 6].map((first) => consistencyProof(first, 7, subtreeOf(hashes)))
    assert.deepEqual(proofs, [[c, d, g, l], [l], [i, j, k]])
    assert.deepEqual(consistencyProof(7, 7, subtreeOf(hashes)), [])
    assert.throws(() => consistencyProof(8, 7, subtreeOf(hashes)))
  })
})
