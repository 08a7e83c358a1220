import { createSecretKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { test } from '@japa/runner'
import { encodeRow, leafHashOf, macOf, type AuditValue } from '#app/audit/audit_entry'
import { signerOf, writeCheckpoint } from '#app/audit/checkpoint'
import { Tree } from '#app/audit/merkle'

const PAGE = readFileSync('docs/security/audit.md', 'utf8')
const blocks = (kind: string) =>
  [...PAGE.matchAll(new RegExp(`^\`\`\`${kind}\n([^]*?)^\`\`\`$`, 'gm'))].map(([, b]) => b!)

test.group('The example in docs/security/audit.md', () => {
  test('is what the code makes of its row', ({ assert }) => {
    const [json] = blocks('json')
    const [codes, note, vkey] = blocks('text')
    const row: Record<string, AuditValue> = JSON.parse(json!)
    row.writer = Buffer.from((row.writer as unknown as { hex: string }).hex, 'hex')
    assert.isTrue(encodeRow(row).toString('hex').startsWith('000000002430313866'))
    const tree = new Tree()
    for (const wseq of [7, 8]) tree.add(leafHashOf({ ...row, wseq }))
    const mac = macOf(createSecretKey(Buffer.alloc(32, 7)), row).toString('hex')
    assert.equal(codes, `mac  ${mac}\nleaf ${leafHashOf(row).toString('hex')}\n`)
    const signer = signerOf(Buffer.alloc(32, 1), 'medinfo/0011223344556677')
    const time = new Date('2026-01-02T03:04:07Z')
    assert.equal(note, writeCheckpoint({ size: 2, root: tree.root(), previous: 0, time }, signer))
    assert.equal(vkey, `${signer.verifier.vkey}\n`)
  })
})
