import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { test } from '@japa/runner'
import { AUDIT_COLUMNS, encodeRow, leafHashOf, type AuditValue } from '#app/audit/audit_entry'
import { auditKeys } from '#app/audit/audit_keys'
import { isSignedBy, readCheckpoint, readVkey, signerOf, signNote, writeCheckpoint } from '#app/audit/checkpoint'
import { inclusionProof, nodeHash, rootOfInclusion, Tree, type Subtree } from '#app/audit/merkle'
import { sealAudit } from '#app/audit/seal'
import { newUuid } from '#app/core/ids'
import { randomFrom } from '#tests/fuzz/random'
import { allRows, anAudit, upTo, writeRows } from '#tests/functional/audit/some_audit'
import { anAuditor, exported, tool } from '#tests/functional/audit/some_export'

const NAME = 'medinfo/0011223344556677'
const PROGRAM = fileURLToPath(new URL('../../../tools/verify-audit.mjs', import.meta.url))
type Row = Record<string, any>

test.group("The auditor's program and the application", () => {
  test('encode and hash rows alike', ({ assert }) => {
    const random = randomFrom(20261123)
    const texts = ['', 'x', 'Zoë', '’', '𝄞', 'a\u0000b', '='.repeat(40_000)]
    const value = () => [null, ...texts][Math.floor(random() * (texts.length + 1))]!
    for (let n = 0; n < 150; n++) {
      const row: Record<string, AuditValue> = Object.fromEntries(AUDIT_COLUMNS.map((column) => [column, value()]))
      Object.assign(row, { wseq: Math.floor(random() * 2 ** 50), http_status: random() < 0.5 ? null : 404 })
      const [ours, theirs] = [
        { ...row, writer: randomBytes(8) },
        { ...row, writer: '' },
      ]
      theirs.writer = ours.writer.toString('hex')
      assert.deepEqual(tool.encodeRow(theirs), encodeRow(ours))
      assert.deepEqual(tool.leafHash(theirs), leafHashOf(ours))
    }
  })

  test('follow proofs alike, right ones and wrong ones', ({ assert }) => {
    const leaves = upTo(41).map((n) => Buffer.alloc(32, n))
    const subtree: Subtree = (level, index) =>
      level === 0 ? leaves[index]! : nodeHash(subtree(level - 1, index * 2), subtree(level - 1, index * 2 + 1))
    const tree = new Tree()
    for (let size = 1; size <= 40; size++) {
      tree.add(leaves[size - 1]!)
      for (let leaf = 0; leaf < size; leaf++) {
        const proof = inclusionProof(leaf, size, subtree)
        assert.isTrue(tool.rootOfInclusion(leaves[leaf]!, leaf, size, proof)?.equals(tree.root()))
        for (const [index, of, path] of [
          [leaf + 1, size, proof],
          [leaf, size + 1, proof],
          [leaf, size, proof.slice(1)],
          [leaf, size, [...proof, leaves[0]!]],
        ] as const) {
          const [ours, theirs] = [rootOfInclusion, tool.rootOfInclusion].map((f) =>
            f(leaves[leaf]!, index, of, [...path])
          )
          assert.deepEqual(theirs, ours)
        }
      }
    }
  })

  test('read checkpoints and keys alike', ({ assert }) => {
    const signer = signerOf(Buffer.alloc(32, 1), NAME)
    const note = writeCheckpoint({ size: 9, root: Buffer.alloc(32, 7), previous: 4, time: new Date(0) }, signer)
    const key = tool.readVkey(signer.verifier.vkey)
    const { origin, size, root } = readCheckpoint(note)
    assert.deepEqual(tool.readCheckpoint(note, [key]), { origin, size, root })
    for (let at = 0; at < note.length - 1; at++) {
      const altered = `${note.slice(0, at)}${note[at] === 'A' ? 'B' : 'A'}${note.slice(at + 1)}`
      assert.equal(
        attempt(() => Boolean(tool.readCheckpoint(altered, [key]))),
        ours(altered),
        altered
      )
    }
    for (let at = 0; at < signer.verifier.vkey.length; at++) {
      const altered = signer.verifier.vkey.replace(signer.verifier.vkey[at]!, '?')
      assert.throws(() => tool.readVkey(altered))
      assert.throws(() => readVkey(altered))
    }

    function ours(text: string) {
      return attempt(() => isSignedBy(readCheckpoint(text), signer.verifier))
    }
  })
})

function attempt(work: () => boolean): boolean {
  try {
    return work()
  } catch {
    return false
  }
}

/** A row of the file that is altered, and all of its lines that could be named. */
interface Damage {
  what: string
  text: string
  line?: number
}

test.group('An export in the hands of an auditor', (group) => {
  const { client } = anAudit(group)
  const { inFile, vkeys, verdictOf } = anAuditor(group, client)

  /** Ninety rows in three checkpoints; answers their notes. */
  async function anAuditOfNinety(): Promise<string[]> {
    for (const count of [40, 30, 20]) {
      await writeRows(client(), { numbers: upTo(count), details: { fields: ['a,"b"', "l'été"] } })
      await sealAudit(client())
    }
    const rows = await client().from('audit_checkpoints').orderBy('size').select('note')
    return rows.map(({ note }) => note as string)
  }

  const findingsOf = async (text: string, checkpoints: string[] = []) =>
    (await verdictOf(text, checkpoints)).findings.map(({ kind }) => kind)

  test('is refused by another key, without proofs, and when it is no export', async ({ assert }) => {
    await anAuditOfNinety()
    const { text } = await exported(client(), { proof: true })
    const other = signerOf(Buffer.alloc(32, 9), (await auditKeys(client())).signer.name).verifier.vkey
    const { findings } = await tool.verifyExport({ file: await inFile(text), vkeys: [other] })
    assert.deepEqual(findings, [{ kind: 'statement_altered' }])
    assert.deepEqual(await findingsOf((await exported(client())).text), ['no_proof'])
    for (const none of ['', '\n', '{}\n', 'a,b\r\n1,2\r\n', '# {}\r\n', text.slice(0, -1), `${text}\n`])
      assert.deepEqual(await findingsOf(none), ['no_footer'])
  })

  test('is refused when somebody made it anew with a key of their own', async ({ assert }) => {
    await anAuditOfNinety()
    const { text } = await exported(client(), { proof: true })
    const forger = signerOf(Buffer.alloc(32, 9), (await auditKeys(client())).signer.name)
    const footer = JSON.parse(text.split('\n').at(-2)!) as Row
    const resigned = (note: string) => signNote(note.slice(0, note.indexOf('\n\n') + 1), forger)
    const forged = (parts: object) => text.replace(JSON.stringify(footer), JSON.stringify({ ...footer, ...parts }))
    assert.deepEqual(await findingsOf(forged({ statement: resigned(footer.statement) })), ['statement_altered'])
    assert.deepEqual(await findingsOf(forged({ checkpoint: resigned(footer.checkpoint) })), ['checkpoint_altered'])
  })

  test('is refused when a checkpoint that was kept elsewhere says something else', async ({ assert }) => {
    const [first, second, last] = await anAuditOfNinety()
    const { text } = await exported(client(), { proof: true })
    const { signer } = await auditKeys(client())
    const time = new Date(0)
    const differing = (size: number) => writeCheckpoint({ size, root: Buffer.alloc(32), previous: 0, time }, signer)
    for (const size of [1, 40, 89, 90])
      assert.deepEqual((await verdictOf(text, [differing(size)])).findings, [{ kind: 'given_differs', size }])
    assert.deepEqual(await findingsOf(text, [differing(91)]), ['given_incomparable'])
    assert.deepEqual(await findingsOf(text, ['nothing']), ['given_unreadable'])
    const other = signerOf(Buffer.alloc(32, 9), signer.name)
    const foreign = writeCheckpoint({ size: 90, root: Buffer.alloc(32), previous: 0, time }, other)
    assert.deepEqual(await findingsOf(text, [foreign]), ['given_unsigned'])
    const { compared, findings, complete } = await verdictOf(text, [`${first}\n${second}`, last!])
    assert.deepEqual([compared, findings, complete], [[40, 70, 90], [], true])
  })

  test('is accepted as it is: whole, in part, as CSV, of nothing', async ({ assert }) => {
    const [first, second] = await anAuditOfNinety()
    const { created_at: instant } = (await allRows(client()))[50]!
    const from = `${String(instant).replace(' ', 'T')}Z`
    for (const format of ['ndjson', 'csv']) {
      assert.deepEqual((await verdictOf((await exported(client(), { format, proof: true })).text)).findings, [])
      const part = (await exported(client(), { format, proof: true, from, sizes: [40] })).text
      const { rows, compared, incomparable, findings } = await verdictOf(part, [first!, second!])
      assert.isAbove(rows, 0)
      assert.deepEqual([compared, incomparable, findings], [[40], [70], []])
      assert.deepEqual(await findingsOf(part, [second!]), ['given_incomparable'])
      const none = (await exported(client(), { format, proof: true, patient: newUuid() })).text
      assert.deepEqual(await verdictOf(none).then(({ rows: count, findings: found }) => [count, found]), [0, []])
    }
  })

  test('is refused however it was damaged, and the line is named where a row was', async ({ assert }) => {
    await anAuditOfNinety()
    const random = randomFrom(20261123)
    let count = 0
    for (const format of ['ndjson', 'csv']) {
      const { text } = await exported(client(), { format, proof: true })
      for (const damage of [
        ...damagedRows(text, format, random),
        ...damagedLines(text, random),
        ...damagedBytes(text, random),
      ]) {
        if (damage.text === text) continue
        const { findings } = await verdictOf(damage.text)
        assert.isNotEmpty(findings, damage.what)
        if (damage.line)
          assert.include(
            findings.map(({ line }) => line),
            damage.line,
            damage.what
          )
        count++
      }
    }
    assert.isAbove(count, 500)
  })

  test('told by the application too: a damaged row does not lead to the root', async ({ assert }) => {
    await anAuditOfNinety()
    const { text } = await exported(client(), { proof: true })
    const { root } = readCheckpoint((JSON.parse(text.split('\n').at(-2)!) as Row).checkpoint as string)
    for (const damage of damagedRows(text, 'ndjson', randomFrom(7))) {
      const row = JSON.parse(damage.text.split('\n')[damage.line! - 1]!) as Row
      const leaf = leafHashOf({ ...row, writer: Buffer.from(row.writer as string, 'hex') })
      const proof = row.proof.map((hash: string) => Buffer.from(hash, 'base64')) as Buffer[]
      assert.isFalse(rootOfInclusion(leaf, row.leaf as number, 90, proof)?.equals(root) ?? false, damage.what)
    }
  })

  test('is checked by a program that says what it did, in French and English', async ({ assert }) => {
    const notes = await anAuditOfNinety()
    const { text } = await exported(client(), { proof: true })
    const [file, anchors] = [await inFile(text, 'whole.ndjson'), await inFile(notes.join('\n'), 'anchors.txt')]
    const altered = await inFile(text.replace('patients.open', 'patients.shut'), 'altered.ndjson')
    const [vkey] = await vkeys()
    const key = await inFile(`${vkey}\n`, 'key.txt')
    const run = (...argv: string[]) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...argv], { encoding: 'utf8' })
      return { status, said: stdout + stderr }
    }
    const good = run(file, '--vkey', key, '--checkpoint', anchors)
    assert.equal(good.status, 0, good.said)
    assert.match(good.said, /90 lignes vérifiées[^]*complet[^]*3 points de contrôle[^]*INTACT/)
    const bad = run(altered, '--vkey', vkey!, '--lang', 'en')
    assert.equal(bad.status, 1)
    assert.match(bad.said, /line 1, [0-9a-f-]{36}: It is not the one that was sealed[^]*REFUSED/)
    assert.isFalse((JSON.parse(run(altered, '--vkey', vkey!, '--json').said) as { ok: boolean }).ok)
    assert.equal(run(file).status, 2)
    assert.equal(run(`${file}.gone`, '--vkey', vkey!).status, 2)
    assert.match(run(file, '--vkey', 'medinfo/x+00000000+AAAA').said, /pas une clé publique/)
  })
})

/** Each column of some rows, with another value. */
function damagedRows(text: string, format: string, random: () => number): Damage[] {
  const lines = text.split('\n')
  const first = format === 'csv' ? 1 : 0
  return [...AUDIT_COLUMNS, 'leaf', 'proof'].flatMap((column) =>
    upTo(5).map(() => {
      const at = first + Math.floor(random() * (lines.length - 2 - first))
      const altered = format === 'csv' ? alteredCell(lines, at, column) : alteredMember(lines[at]!, column)
      const spoilt = lines.with(at, altered).join('\n')
      return { what: `${column} in line ${at + 1} of ${format}`, text: spoilt, line: at + 1 }
    })
  )
}

function alteredMember(line: string, column: string): string {
  const row = JSON.parse(line) as Row
  const value = row[column]
  const other = typeof value === 'number' ? value + 1 : value === null ? '' : `${value as string}0`
  if (column === 'writer') row.writer = `${String(value).slice(0, -2)}${String(value).endsWith('00') ? '01' : '00'}`
  else if (column === 'user_id') row.user_id = 4711
  else if (column === 'proof') row.proof = [...(value as string[])].reverse()
  else row[column] = other
  return JSON.stringify(row)
}

function alteredCell(lines: string[], at: number, column: string): string {
  const index = lines[0]!.trim().split(',').indexOf(column)
  const cells = [...lines[at]!.replace(/\r$/, '').matchAll(/(?:^|,)("(?:[^"]|"")*"|[^",]*)/g)].map(([, cell]) => cell!)
  cells[index] = cells[index]!.startsWith('"') ? cells[index]!.replace(/"$/, '0"') : `${cells[index]!}0`
  return `${cells.join(',')}\r`
}

/** Lines taken out, brought twice, exchanged, cut off, added. */
function damagedLines(text: string, random: () => number): Damage[] {
  const lines = text.split('\n')
  const any = () => Math.floor(random() * (lines.length - 2))
  return upTo(20).flatMap((n) => {
    const [one, other] = [any(), any()]
    return [
      { what: `without line ${one}`, text: lines.toSpliced(one, 1).join('\n') },
      { what: `line ${one} twice`, text: lines.toSpliced(one, 0, lines[one]!).join('\n') },
      { what: `${one} for ${other}`, text: lines.with(one, lines[other]!).with(other, lines[one]!).join('\n') },
      { what: `without the first ${n}`, text: lines.slice(n).join('\n') },
      { what: `without the last ${n}`, text: [...lines.slice(0, -2 - n), ...lines.slice(-2)].join('\n') },
      { what: `cut off after ${one}`, text: `${lines.slice(0, one).join('\n')}\n` },
    ]
  })
}

/** A byte altered, left out, brought twice, anywhere; the last line more often. */
function damagedBytes(text: string, random: () => number): Damage[] {
  const footer = text.lastIndexOf('\n', text.length - 2) + 1
  return upTo(40).flatMap((n) => {
    const from = n % 2 ? footer : 0
    const at = from + Math.floor(random() * (text.length - from))
    const other = text[at] === '7' ? '8' : '7'
    return [
      { what: `byte ${at}`, text: text.slice(0, at) + other + text.slice(at + 1) },
      { what: `without ${at}`, text: text.slice(0, at) + text.slice(at + 1) },
      { what: `twice ${at}`, text: text.slice(0, at) + text[at] + text.slice(at) },
    ]
  })
}
