import { once } from 'node:events'
import { mkdir, readdir, readFile, stat } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { stringify } from 'csv-stringify/sync'
import { now } from '#app/core/clock'
import { newUuid } from '#app/core/ids'
import { PART_BYTES } from '#app/imports/part_size'
import { sweepUploads } from '#app/imports/sweep_uploads'
import { uploadFolder, uploadsOf } from '#app/imports/upload_folder'
import Job from '#app/jobs/job'
import { runJob } from '#app/jobs/run_job'
import env, { dataDir } from '#start/env'
import { someone } from '#tests/acting'
import { ImportDesk, ownMapping } from '#tests/functional/admin/import_desk'
import { officeAllowed } from '#tests/functional/admin/office'
import { aPerson, attributesOf, countOf, recordsOf } from '#tests/functional/imports/legacy_system'

const csv = (rows: Record<string, string>[]) =>
  stringify(rows, { header: true, columns: [...new Set(rows.flatMap((row) => Object.keys(row)))] })
const desk = async () => ImportDesk.of((await officeAllowed('imports.run')).user)
const HOUR = 3_600_000
const later = (hours: number) => new Date(now().getTime() + hours * HOUR)
const runsOf = (source: string) => countOf('select count(*) from import_runs where source = ?', [source])

/** Every path that a page of imports asks, with something to send. */
function asked(upload: string, file: string): [name: string, sent?: object | Buffer][] {
  const choice = { upload, mapping: 'medinfo', files: [{ file, entry: 'patients.csv' }] }
  return [
    ['upload', { name: 'patients.csv', bytes: 10 }],
    ['upload', { name: 'patients.csv', bytes: 10, upload }],
    [`part?upload=${upload}&file=${file}&at=0`, Buffer.from('x'.repeat(10))],
    ['mapping', { text: 'mapping: 1' }],
    ['trial', choice],
    ['start', choice],
    ['discard', { upload }],
    [`progress?job=${newUuid()}`],
    [`rejects?run=${newUuid()}&file=${newUuid()}`],
  ]
}

test.group('Sending files to import is refused', () => {
  for (const role of ['doctor', 'nurse', 'lab', 'reception', 'patient'])
    test(`to the role ${role}, whatever is asked`, async ({ assert }) => {
      const begun = await (await desk()).begin('patients.csv', 10)
      const own = await ImportDesk.of(await someone(role))
      for (const [name, sent] of asked(begun.upload, begun.file)) {
        const { status, body } = await own.ask(name, sent)
        assert.deepEqual([status, body.code], [403, 'forbidden'], name)
      }
      assert.deepEqual(await uploadsOf(own.user.uuid), [])
    })

  test('to whoever enters and may not import, which is in the audit', async ({ assert }) => {
    const owner = await desk()
    const begun = await owner.begin('patients.csv', 10)
    const { user } = await officeAllowed('users.view')
    const own = await ImportDesk.of(user)
    for (const [name, sent] of asked(begun.upload, begun.file)) {
      const { status, requestId } = await own.ask(name, sent)
      assert.include([403, 404], status, name)
      const told = await db.from('audit_logs').where('request_id', requestId)
      assert.deepEqual(
        told.map(({ outcome }) => outcome as string),
        ['refused'],
        name
      )
    }
    assert.deepEqual(await uploadsOf(user.uuid), [])
    assert.deepEqual(await uploadsOf(owner.user.uuid), [begun.upload])
  })

  test('without the page’s token, without a session, and from another site’s page', async ({ assert }) => {
    const own = await desk()
    const { 'x-csrf-token': _, ...without } = own.headers
    for (const [name, sent] of asked(newUuid(), newUuid()).filter(([, body]) => body)) {
      assert.equal((await own.ask(name, sent, without)).body.code, 'csrf_token_invalid', name)
      assert.equal((await own.ask(name, sent, {})).status, 401, name)
      const foreign = { ...own.headers, 'sec-fetch-site': 'cross-site' }
      assert.equal((await own.ask(name, sent, foreign)).body.code, 'foreign_page', name)
    }
  })

  test('into what somebody else has sent', async ({ assert }) => {
    const [owner, other] = [await desk(), await desk()]
    const begun = await owner.begin('patients.csv', 10)
    for (const [name, sent] of asked(begun.upload, begun.file).slice(1)) {
      if (name === 'mapping') continue
      assert.equal((await other.ask(name, sent)).body.code, 'not_found', name)
    }
    assert.deepEqual(await readdir(join(uploadFolder(begun.upload), 'files')), [`${begun.file}.json`])
  })

  test('of a kind that is no CSV, by its name or by what it holds', async ({ assert }) => {
    const own = await desk()
    for (const name of ['patients.xlsx', 'photo.png', 'patients', 'csv', 'a.csv.exe', '../../x.yml'])
      assert.equal((await own.ask('upload', { name, bytes: 10 })).body.code, 'upload_not_csv', name)
    assert.equal((await own.ask('upload', { name: 'a.csv', bytes: 0 })).body.code, 'upload_empty')
    const workbook = Buffer.from('PK\u0003\u0004\u0014\u0000\u0006\u0000')
    const begun = await own.begin('patients.csv', workbook.length)
    const { status, body } = await own.part(begun, 0, workbook)
    assert.deepEqual([status, body.code], [422, 'upload_not_text'])
    assert.match(body.refusal as string, /n’est pas du texte/)
    assert.deepEqual(await readdir(join(uploadFolder(begun.upload), 'files')), [])
  })

  test('beyond the limit of what one person may send, in all', async ({ assert, cleanup }) => {
    env.set('IMPORT_UPLOAD_LIMIT', 1)
    cleanup(() => env.set('IMPORT_UPLOAD_LIMIT', 512))
    const own = await desk()
    const limit = 1024 * 1024
    assert.equal((await own.ask('upload', { name: 'a.csv', bytes: limit + 1 })).body.code, 'upload_too_large')
    await own.begin('a.csv', limit - 10)
    for (const bytes of [11, limit])
      assert.equal((await own.ask('upload', { name: 'b.csv', bytes })).body.code, 'upload_too_large')
    assert.exists((await own.begin('b.csv', 10)).file)
    assert.equal((await own.ask('upload', { name: 'c.csv', bytes: 1 })).body.code, 'upload_too_large')
  })

  test('where more comes than was said, less, twice, or out of its turn', async ({ assert }) => {
    const own = await desk()
    const begun = await own.begin('a.csv', PART_BYTES + 10)
    const part = Buffer.alloc(PART_BYTES, 'x')
    const refused = async (at: number, bytes: Buffer) => (await own.part(begun, at, bytes)).body.code as string
    assert.equal(await refused(PART_BYTES, part.subarray(0, 10)), 'upload_out_of_step')
    assert.equal(await refused(0, part.subarray(1)), 'upload_out_of_step')
    assert.equal(await refused(0, Buffer.alloc(PART_BYTES + 1, 'x')), 'too_large')
    assert.equal((await own.part(begun, 0, part)).body.received, PART_BYTES)
    assert.equal(await refused(0, part), 'upload_out_of_step')
    assert.equal(await refused(PART_BYTES, part.subarray(0, 11)), 'upload_out_of_step')
    assert.equal(await refused(PART_BYTES + 1, part.subarray(0, 9)), 'upload_out_of_step')
    assert.equal((await own.part(begun, PART_BYTES, part.subarray(0, 10))).body.received, PART_BYTES + 10)
  })
})

test.group('Files sent to import', () => {
  test('lie sealed, under names of our own, for the owner alone', async ({ assert }) => {
    const own = await desk()
    const { upload } = await own.send({ 'patients.csv': csv([aPerson({ family_name: 'Secrète' })]) })
    const folder = uploadFolder(upload)
    const paths = await readdir(folder, { recursive: true, withFileTypes: true })
    for (const one of paths) {
      const path = join(one.parentPath, one.name)
      const { mode } = await stat(path)
      assert.equal(mode & 0o077, 0, path)
      if (one.isFile()) assert.notInclude(await readFile(path, 'latin1'), 'Secr', path)
      assert.notInclude(one.name, 'patients')
    }
    const { mode } = await stat(join(dataDir(), 'imports'))
    assert.equal(mode & 0o777, 0o700)
  })

  test('of which one is killed leave no part of it', async ({ assert }) => {
    const own = await desk()
    const begun = await own.begin('a.csv', PART_BYTES)
    const socket = connect(Number(process.env.PORT), '127.0.0.1')
    await once(socket, 'connect')
    const { pathname } = new URL(own.address('part'))
    const headers = Object.entries({ ...own.headers, 'host': '127.0.0.1', 'content-length': String(PART_BYTES) })
    socket.write(`POST ${pathname}?upload=${begun.upload}&file=${begun.file}&at=0 HTTP/1.1\r\n`)
    socket.write(`${headers.map(([name, value]) => `${name}: ${value}`).join('\r\n')}\r\n\r\n${'x'.repeat(1000)}`)
    await new Promise((resolve) => setTimeout(resolve, 200))
    socket.destroy()
    await new Promise((resolve) => setTimeout(resolve, 200))
    assert.deepEqual(await readdir(join(uploadFolder(begun.upload), 'files')), [`${begun.file}.json`])
    await sweepUploads(later(0.5), db.connection())
    assert.include(await uploadsOf(own.user.uuid), begun.upload)
    await sweepUploads(later(1.1), db.connection())
    assert.deepEqual(await uploadsOf(own.user.uuid), [])
  })

  test('that nobody imports are gone after a day, and those of a job are not', async ({ assert }) => {
    const own = await desk()
    const [idle, awaited] = [await own.send({ 'patients.csv': 'id\n1' }), await own.send({ 'patients.csv': 'id\n1' })]
    await own.ask('start', { ...awaited, mapping: 'medinfo' })
    await sweepUploads(later(23), db.connection())
    assert.sameMembers(await uploadsOf(own.user.uuid), [idle.upload, awaited.upload])
    await sweepUploads(later(25), db.connection())
    assert.deepEqual(await uploadsOf(own.user.uuid), [awaited.upload])
    await db.from('jobs').where('requested_by', own.user.id).update({ state: 'failed' })
    await sweepUploads(later(25), db.connection())
    assert.deepEqual(await uploadsOf(own.user.uuid), [])
  })

  test('that a killed process left in clear are gone before', async ({ assert }) => {
    const { upload } = await (await desk()).send({ 'patients.csv': 'id\n1' })
    await mkdir(join(uploadFolder(upload), 'opened-by-nobody', 'source'), { recursive: true })
    await sweepUploads(later(5), db.connection())
    assert.include(await readdir(uploadFolder(upload)), 'opened-by-nobody')
    await sweepUploads(later(7), db.connection())
    assert.sameMembers(await readdir(uploadFolder(upload)), ['files', 'owner.json'])
  })

  test('are taken back, one or all, and not while they are imported', async ({ assert }) => {
    const own = await desk()
    const { upload, files } = await own.send({ 'patients.csv': 'id\n1', 'consultations.csv': 'id\n1' })
    await own.ask('discard', { upload, file: files[0]!.file })
    const page = (await (await officeAllowed()).page('imports')).status
    assert.equal(page, 403)
    assert.lengthOf(await readdir(join(uploadFolder(upload), 'files')), 2)
    await own.ask('start', { upload, mapping: 'medinfo', files: [files[1]] })
    assert.equal((await own.ask('discard', { upload })).body.code, 'upload_in_use')
    const again = await own.ask('start', { upload, mapping: 'medinfo', files: [files[1]] })
    assert.equal(again.body.code, 'upload_in_use')
    await db.from('jobs').where('requested_by', own.user.id).update({ state: 'failed' })
    assert.equal((await own.ask('discard', { upload })).status, 200)
    assert.deepEqual(await uploadsOf(own.user.uuid), [])
  })
})

test.group('A mapping at the page of imports', () => {
  test('that is wrong is told by its line and key, in the reader’s language', async ({ assert }) => {
    const own = await desk()
    const text = (await ownMapping()).replace('entity: patient', 'entity: patients')
    const line = text.split('\n').findIndex((each) => each.includes('entity: patients')) + 1
    for (const sent of [{ text }, { text: 'files: [' }, { text: '&a x: *a' }])
      assert.equal((await own.ask('mapping', sent)).status, 422)
    const { body } = await own.ask('mapping', { text })
    assert.include(body.refusal, `ligne ${line}`)
    const { upload, files } = await own.send({ 'patients.csv': 'id\n1' })
    for (const name of ['trial', 'start'])
      assert.equal((await own.ask(name, { upload, files, mapping: 'medinfo', text })).body.refusal, body.refusal, name)
    assert.equal(await Job.query().where('requestedBy', own.user.id).first(), null)
  })

  test('that names a file outside of its folder is refused, as is a file of the machine', async ({ assert }) => {
    const own = await desk()
    const { upload, files } = await own.send({ 'patients.csv': 'id\n1' })
    const text = (await ownMapping()).replace('file: patients.csv', 'file: ../../../patients.csv')
    assert.equal((await own.ask('start', { upload, files, mapping: 'medinfo', text })).body.code, 'bad_file_name')
    for (const mapping of ['/etc/passwd', '../clinique', 'none'])
      assert.equal((await own.ask('start', { upload, files, mapping })).body.code, 'invalid', mapping)
  })

  test('takes of the files those that are whole, and each as another', async ({ assert }) => {
    const own = await desk()
    const { upload, files } = await own.send({ 'patients.csv': 'id\n1', 'consultations.csv': 'id\n1' })
    const start = async (sent: object[]) =>
      (await own.ask('start', { upload, mapping: 'medinfo', files: sent })).body.code as string
    const { file } = await own.begin('b.csv', 10, upload)
    assert.equal(await start([{ file, entry: 'patients.csv' }]), 'upload_incomplete')
    assert.equal(await start([{ file: newUuid(), entry: 'patients.csv' }]), 'upload_incomplete')
    assert.equal(await start(files.map((one) => ({ ...one, entry: 'patients.csv' }))), 'upload_same_file')
    assert.equal(await start([{ ...files[0], entry: '../x' }]), 'upload_same_file')
  })
})

test.group('An import at the back office', () => {
  test('is tried first, and nothing of the trial stays', async ({ assert }) => {
    const own = await desk()
    const text = await ownMapping()
    const sent = await own.send({ 'patients.csv': csv([aPerson(), aPerson({ sex: 'F' })]) })
    const before = await countOf('select count(*) from patients')
    const { body } = await own.ask('trial', { ...sent, mapping: 'medinfo', text })
    assert.deepInclude(body.report, { rows: 2, rejected: 1 })
    assert.equal(await countOf('select count(*) from patients'), before)
    const left = await readdir(uploadFolder(sent.upload))
    assert.sameMembers(left, ['files', 'medinfo-edited.yml', 'owner.json'])
  })

  test('goes on in a job, gives what it did not take, and takes it corrected', async ({ assert }) => {
    const office = await officeAllowed('imports.run')
    const own = await ImportDesk.of(office.user)
    const text = await ownMapping()
    const [, source] = text.match(/^source: (.*)$/m)!
    const wrong = aPerson({ sex: 'F', address: '=cmd|calc', phone: '+221 77 123 00 99', given_name: '-Awa' })
    const files = { 'patients.csv': csv([{ ...aPerson(), address: '', phone: '' }, wrong]) }
    const sent = await own.send({
      ...files,
      'consultations.csv': csv([{ id: 'c1', patient: wrong.id!, date: '2020-01-01' }]),
    })
    const started = await own.ask('start', { ...sent, mapping: 'medinfo', text })
    const { job } = started.body as { job: string }
    assert.equal((await own.ask(`progress?job=${job}`.replace(job, newUuid()))).status, 404)
    assert.equal(await runJob(job), 'done')
    const progress = await own.ask(`progress?job=${job}`)
    assert.equal(progress.body.state, 'done')
    assert.deepEqual(await uploadsOf(own.user.uuid), [])

    const { params } = (await office.show('import_runs', progress.body.run as string)).body.record!
    assert.deepInclude(params, { rows_read: 3, rejected: 2, mapping: 'medinfo-edited.yml', person: own.user.name })
    const kept = [0, 1, 2].map((at) => ({
      id: params[`rejects.${at}.id`] as string,
      name: params[`rejects.${at}.name`] as string,
    }))
    assert.sameMembers(
      kept.map(({ name }) => name),
      ['patients.csv', 'consultations.csv', 'reasons.csv']
    )
    const fetched = async (name: string) => {
      const { id } = kept.find((one) => one.name === name)!
      const answer = await own.fetched(`rejects?run=${progress.body.run}&file=${id}`)
      assert.equal(answer.headers.get('content-disposition'), `attachment; filename="${name}"`)
      return answer.text()
    }
    const rows = await fetched('patients.csv')
    assert.include(rows, `,'=cmd|calc,`)
    assert.include(rows, `,'-Awa,`)
    assert.include(rows, ',+221 77 123 00 99')
    assert.lengthOf(rows.trim().split('\n'), 2)
    assert.lengthOf((await fetched('reasons.csv')).trim().split('\n'), 3)
    const [entry] = await db.from('audit_logs').where({ user_id: own.user.id, action: 'imports.rejects' })
    assert.include(entry.details, 'patients.csv')

    const corrected = {
      'patients.csv': rows.replace(',F,', ',female,'),
      'consultations.csv': await fetched('consultations.csv'),
    }
    let first: string | undefined
    for (const created of [2, 0]) {
      const again = await own.ask('start', { ...(await own.send(corrected)), mapping: 'medinfo', text })
      await runJob(again.body.job as string)
      const { run } = (await own.ask(`progress?job=${again.body.job}`)).body as { run: string }
      first ??= run
      const shown = (await office.show('import_runs', run)).body.record!.params
      assert.deepInclude(shown, { 'rows_read': 2, 'rejected': 0, 'counts.0.count': created, 'files.0': 'patients.csv' })
      assert.isUndefined(shown['rejects.0.id'])
    }
    assert.equal(await runsOf(source!), 3)
    const [created] = await recordsOf<{ uuid: string }>(first!, 'patient', 'patients')
    const { givenName, address } = await attributesOf(created!.uuid)
    assert.deepEqual([givenName, address], ['-Awa', '=cmd|calc'])
  })

  test('is followed while it goes on', async ({ assert }) => {
    const own = await desk()
    const sent = await own.send({ 'patients.csv': csv([aPerson()]) })
    const { job } = (await own.ask('start', { ...sent, mapping: 'medinfo', text: await ownMapping() })).body
    const states: string[] = []
    const answer = await own.fetched(`progress?job=${job}`)
    for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream()))
      for (const line of chunk.trim().split('\n')) {
        if (!states.length) {
          // As its first second leaves it.
          await db.from('jobs').where('uuid', job).update({ position: 'null' })
          void runJob(job as string)
        }
        states.push((JSON.parse(line) as { state: string }).state)
      }
    assert.deepEqual([states[0], states.at(-1)], ['waiting', 'done'])
  })

  test('of two people at once is each one’s own', async ({ assert }) => {
    const [one, other] = [await desk(), await desk()]
    const texts = [await ownMapping(), await ownMapping()]
    const started = await Promise.all(
      [one, other].map(async (own, at) => {
        const sent = await own.send({ 'patients.csv': csv([aPerson()]) })
        return (await own.ask('start', { ...sent, mapping: 'medinfo', text: texts[at] })).body.job as string
      })
    )
    assert.deepEqual(await Promise.all(started.map((job) => runJob(job))), ['done', 'done'])
    for (const [at, own] of [one, other].entries()) {
      assert.equal(await runsOf(texts[at]!.match(/^source: (.*)$/m)![1]!), 1)
      assert.deepEqual(await uploadsOf(own.user.uuid), [])
    }
  })

  test('that cannot be read leaves what was sent, says why and is begun again', async ({ assert }) => {
    const own = await desk()
    const sent = await own.send({ 'patients.csv': 'no,columns,known\n1,2,3\n' })
    const { body } = await own.ask('start', { ...sent, mapping: 'medinfo' })
    await runJob(body.job as string).catch(() => {})
    const told = (await own.ask(`progress?job=${body.job}`)).body
    assert.deepInclude(told, { state: 'failed', run: null })
    assert.isString(told.problem)
    assert.deepEqual(await uploadsOf(own.user.uuid), [sent.upload])
    assert.notInclude((await readdir(uploadFolder(sent.upload))).join(), 'opened')
    const tried = await own.ask('trial', { ...sent, mapping: 'medinfo' })
    assert.equal(tried.body.code, 'missing_column')
    assert.match(tried.body.refusal as string, /patients\.csv/)
  })

  test('keeps what was not taken for a week', async ({ assert }) => {
    const office = await officeAllowed('imports.run')
    const own = await ImportDesk.of(office.user)
    const sent = await own.send({ 'patients.csv': csv([aPerson({ sex: 'F' })]) })
    const { body } = await own.ask('start', { ...sent, mapping: 'medinfo', text: await ownMapping() })
    await runJob(body.job as string)
    const { run } = (await own.ask(`progress?job=${body.job}`)).body as { run: string }
    const folder = join(dataDir(), 'imports', 'rejects', run)
    for (const name of await readdir(folder)) assert.notInclude(await readFile(join(folder, name), 'latin1'), 'Famille')
    const shown = async () => (await office.show('import_runs', run)).body.record!.params
    const id = (await shown())['rejects.0.id'] as string
    assert.equal((await own.fetched(`rejects?run=${run}&file=${id}`)).status, 200)
    await sweepUploads(later(24 * 6), db.connection())
    assert.equal((await shown())['rejects.0.id'], id)
    await sweepUploads(later(24 * 7 + 1), db.connection())
    assert.isUndefined((await shown())['rejects.0.id'])
    assert.equal((await own.fetched(`rejects?run=${run}&file=${id}`)).status, 404)
  })
})
