import { appendFile, mkdtemp, readFile, rm, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from '@japa/runner'
import { anchorAudit } from '#app/anchors/anchor_audit'
import { anchorAt } from '#app/anchors/configured_anchors'
import { fileAnchor } from '#app/anchors/file_anchor'
import { s3Anchor } from '#app/anchors/s3_anchor'
import type { Anchor } from '#app/audit/anchor'
import { readCheckpoint, signerOf, writeCheckpoint } from '#app/audit/checkpoint'
import { sealAudit } from '#app/audit/seal'
import { verifyAudit } from '#app/audit/verify_audit'
import { now } from '#app/core/clock'
import { Keyring } from '#app/keys/keyring'
import { keyring, useKeyring } from '#app/keys/keyring_service'
import { dataDir } from '#start/env'
import { aBucket, aSyslog } from '#tests/functional/audit/anchor_places'
import { anAudit, upTo, withoutTriggers, writeRows } from '#tests/functional/audit/some_audit'

test.group('An anchor', (group) => {
  const { client } = anAudit(group)
  let folder: string
  let file: string
  group.each.setup(async () => {
    folder = await mkdtemp(join(dataDir(), 'anchor-'))
    file = join(folder, 'audit.txt')
    return () => rm(folder, { recursive: true })
  })

  const asAnother = () => useKeyring(new Keyring(keyring().provider, client))
  const lastNote = async () => (await client().from('audit_checkpoints').orderBy('size', 'desc').firstOrFail()).note

  async function sealRows(count: number) {
    await writeRows(client(), { numbers: upTo(count) })
    await sealAudit(client())
  }

  /** Puts the whole database back to its first `size` rows. */
  async function rollBack(size: number) {
    const { audit_id: last } = await client()
      .from('audit_leaves')
      .where('leaf', size - 1)
      .firstOrFail()
    await withoutTriggers(client(), async () => {
      await client().from('audit_leaves').where('leaf', '>=', size).delete()
      await client().from('audit_checkpoints').where('size', '>', size).delete()
      await client().from('audit_logs').where('id', '>', last).delete()
    })
  }

  const kinds = async (anchors: Anchor[]) => (await verifyAudit(client(), { anchors })).findings.map(({ kind }) => kind)

  test('shows a database that was put back, and without it nothing does', async ({ assert }) => {
    const anchor = fileAnchor(file)
    await sealRows(10)
    await sealRows(5)
    await anchorAudit(client(), [anchor])
    await rollBack(10)
    assert.deepEqual(await kinds([]), [])
    const { findings } = await verifyAudit(client(), { anchors: [anchor] })
    assert.deepEqual(findings, [{ kind: 'anchor_ahead', place: anchor.place, size: 15 }])
  })

  test('shows a past that was written anew and sealed again', async ({ assert }) => {
    const anchor = fileAnchor(file)
    await sealRows(10)
    await sealRows(5)
    await anchorAudit(client(), [anchor])
    await rollBack(10)
    asAnother()
    await sealRows(5)
    await sealRows(5)
    assert.deepEqual(await kinds([]), [])
    assert.deepEqual(await kinds([anchor]), ['anchor_differs'])
  })

  test('keeps a server from sealing on what was put back, and gets nothing more', async ({ assert }) => {
    const anchor = fileAnchor(file)
    await sealRows(10)
    await sealRows(5)
    await anchorAudit(client(), [anchor])
    const kept = await readFile(file, 'utf8')
    await rollBack(10)
    asAnother()
    await writeRows(client(), { numbers: upTo(20) })
    for (let n = 0; n < 2; n++)
      await assert.rejects(() => sealAudit(client(), { anchors: [anchor] }), /checkpoint of 15 rows, which is not here/)
    const [result] = await anchorAudit(client(), [anchor])
    assert.deepEqual(result, { place: anchor.place, size: 15, problem: 'differs' })
    assert.equal(await readFile(file, 'utf8'), kept)
  })

  test('that is a file gets each checkpoint once, and survives half of one', async ({ assert }) => {
    const anchor = fileAnchor(file)
    assert.deepEqual(await anchor.read!(), [])
    await sealRows(3)
    for (let n = 0; n < 3; n++) await anchorAudit(client(), [anchor])
    assert.equal(await readFile(file, 'utf8'), await lastNote())
    await sealRows(3)
    await anchorAudit(client(), [anchor])
    const whole = await readFile(file, 'utf8')
    for (const cut of [1, 20, 150, (await lastNote()).length - 3]) {
      await truncate(file, 0)
      await appendFile(file, whole.slice(0, -cut))
      await anchor.put(await lastNote())
      const { findings, notices } = await verifyAudit(client(), { anchors: [anchor] })
      assert.deepEqual(findings, [], `${cut}`)
      assert.deepEqual(notices, [{ kind: 'anchor_unreadable', place: anchor.place }])
      assert.deepEqual(await anchor.read!(1), [await lastNote()])
    }
  })

  test('that holds what somebody else signed is told', async ({ assert }) => {
    const anchor = fileAnchor(file)
    await sealRows(3)
    const { origin } = readCheckpoint(await lastNote())
    const forged = { size: 3, root: Buffer.alloc(32), previous: 0, time: now() }
    await anchor.put(writeCheckpoint(forged, signerOf(Buffer.alloc(32, 4), origin)))
    assert.deepEqual(await kinds([anchor]), ['anchor_altered'])
  })

  test('that cannot be reached is noted, and tried again', async ({ assert }) => {
    await sealRows(3)
    const places = [anchorAt(`file:${folder}/missing/audit.txt`), fileAnchor(file)]
    const [lost, kept] = await anchorAudit(client(), places)
    assert.deepEqual([lost!.problem, lost!.size, kept!.problem, kept!.size], ['ENOENT', null, null, 3])
    const row = await client().from('audit_anchors').where('place', places[0]!.place).firstOrFail()
    assert.deepEqual([row.problem, row.size], ['ENOENT', null])
    assert.isNotNull(row.failed_at)
  })

  test('that is a bucket gets the note under a lock that nobody can lift for years', async ({ assert, cleanup }) => {
    const bucket = await aBucket()
    cleanup(() => bucket.close())
    const credentials = { accessKeyId: 'tests', secretAccessKey: 'for-tests-only' }
    const config = { endpoint: bucket.endpoint, forcePathStyle: true, region: 'us-east-1', credentials }
    const anchor = s3Anchor({ bucket: 'proof', prefix: 'medinfo', days: 3_650, client: config })
    await sealRows(3)
    const [result] = await anchorAudit(client(), [anchor])
    assert.deepEqual(result, { place: 's3://proof/medinfo', size: 3, problem: null })
    const [put] = bucket.puts
    const { root } = readCheckpoint(await lastNote())
    assert.equal(put!.path, `/proof/medinfo/0000000000000003-${root.toString('hex')}.txt`)
    assert.equal(put!.headers['x-amz-object-lock-mode'], 'COMPLIANCE')
    const until = new Date(put!.headers['x-amz-object-lock-retain-until-date'] as string)
    assert.closeTo((until.getTime() - now().getTime()) / 86_400_000, 3_650, 1)
    assert.exists(put!.headers['x-amz-checksum-sha256'] ?? put!.headers['x-amz-trailer'])
    assert.match(put!.headers.authorization!, /^AWS4-HMAC-SHA256 /)
    assert.deepEqual(await anchor.read!(), [await lastNote()])
    await sealRows(2)
    await anchorAudit(client(), [anchor])
    assert.deepEqual([await anchor.read!(1), bucket.objects.size], [[await lastNote()], 2])
    await rollBack(3)
    assert.deepEqual(await kinds([anchor]), ['anchor_ahead'])
    bucket.refuses = true
    assert.deepEqual((await verifyAudit(client(), { anchors: [anchor] })).notices, [
      { kind: 'anchor_unreadable', place: anchor.place },
    ])
    asAnother()
    await sealRows(1)
    const [refused] = await anchorAudit(client(), [anchor])
    assert.match(refused!.problem!, /AccessDenied|403|Forbidden/)
  })

  test('that is a syslog server gets the note as RFC 5424 has it, framed by its length over TCP', async ({
    assert,
    cleanup,
  }) => {
    const syslog = await aSyslog()
    cleanup(() => syslog.close())
    await sealRows(3)
    const places = (['tcp', 'udp'] as const).map((name) => anchorAt(`syslog+${name}://127.0.0.1:${syslog.ports[name]}`))
    const results = await anchorAudit(client(), places)
    assert.deepEqual(
      results.map(({ problem }) => problem),
      [null, null]
    )
    while (!syslog.got.udp || !syslog.got.tcp) await sleep(5)
    const [, length, framed] = /^(\d+) ([^]*)$/.exec(syslog.got.tcp)!
    assert.equal(Number(length), Buffer.byteLength(framed!))
    for (const message of [framed!, syslog.got.udp]) {
      const [, text] = /^<109>1 \S+Z \S+ medinfo \d+ audit-checkpoint - (".*")$/.exec(message)!
      assert.equal(JSON.parse(text!), await lastNote())
    }
  })
})

test.group('A place', () => {
  test('is refused when its address is none', ({ assert }) => {
    for (const place of ['http://example.org', 's3://', 'syslog+tcp://', 'syslog+tls://host', 'file:', 'x'])
      assert.throws(() => anchorAt(place), /AUDIT_ANCHORS/, place)
  })

  test('is what its address says', ({ assert }) => {
    const places = ['file:/mnt/x.txt', 's3://proof/a/b/', 's3://proof', 'syslog+udp://[::1]:5514', 'syslog+tcp://log']
    assert.deepEqual(
      places.map((place) => anchorAt(place).place),
      ['file:/mnt/x.txt', 's3://proof/a/b', 's3://proof', 'syslog+udp://::1:5514', 'syslog+tcp://log:514']
    )
  })
})
