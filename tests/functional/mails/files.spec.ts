import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { deliverMails } from '#app/mails/deliver_mails'
import { fileTransport } from '#app/mails/file_transport'
import { showMailFile } from '#app/mails/mail_files'
import { mailsFolder } from '#start/env'
import { callerOf, someone } from '#tests/acting'
import { jsonOf, medinfo, medinfoJson } from '#tests/functional/cli/medinfo'
import { forgetFailures, queued, rowOf, someAddress } from '#tests/functional/mails/mailbox'

const modeOf = async (path: string) => (await stat(path)).mode & 0o777

async function sent(address: string, kind: Parameters<typeof queued>[1] = {}) {
  const id = await queued(address, kind)
  await deliverMails()
  const { uuid } = await rowOf(id)
  const [name] = (await readdir(mailsFolder())).filter((file) => file.includes(uuid))
  return { uuid: uuid as string, file: join(mailsFolder(), name!) }
}

test.group('Without a mail server', (group) => {
  group.each.setup(() => () => rm(mailsFolder(), { recursive: true, force: true }))

  test('a mail lands as a file that its owner alone reads, whole and under its own name', async ({ assert }) => {
    const address = someAddress()
    const { file } = await sent(address)
    assert.equal(await modeOf(mailsFolder()), 0o700)
    assert.equal(await modeOf(file), 0o600)
    assert.deepEqual(
      (await readdir(mailsFolder())).filter((name) => !name.endsWith('.eml')),
      []
    )
    const content = await readFile(file, 'utf8')
    assert.match(content, /^From: MedInfo <no-reply@localhost>\r\n/m)
    assert.match(content, new RegExp(`^To: <?${address}>?\r\n`, 'm'))
    assert.match(content, /^Message-ID: <[\w-]{36}\.1@localhost>\r\n/m)
    assert.match(content, /^Auto-Submitted: auto-generated\r\n/m)
    assert.match(content, /^Date: /m)
    assert.match(content, /multipart\/alternative/)
  })

  test('one that cannot be written waits, and says why', async ({ assert }) => {
    await writeFile(mailsFolder(), 'in the way')
    const id = await queued(someAddress())
    await deliverMails()
    assert.deepInclude(await rowOf(id), { state: 'waiting', error: 'not_written' })
    await rm(mailsFolder())
  })

  test('the folder of a careless hand is not a reason to write files for all to read', async ({ assert }) => {
    await mkdir(mailsFolder(), { recursive: true })
    await chmod(mailsFolder(), 0o755)
    assert.equal(await modeOf((await sent(someAddress())).file), 0o600)
  })
})

test.group('Mails on the command line', (group) => {
  group.each.setup(() => () => rm(mailsFolder(), { recursive: true, force: true }))

  test('there are none, and none is shown', async ({ assert }) => {
    assert.deepEqual(await jsonOf('mail', 'list'), { data: [], meta: {} })
    assert.include((await medinfo('mail', 'list')).out, 'Aucun courriel')
    for (const argv of [['--last'], ['--id', '019ace2b-7c1e-7d3a-9f10-2b6f0a7c4d11'], []]) {
      const { code, json } = await medinfoJson('mail', 'show', ...argv)
      assert.deepEqual([code, json.error.code], [1, 'not_found'])
    }
  })

  test('an id and the last one are not asked for together, and an id is one', async ({ assert }) => {
    const both = await medinfo('mail', 'show', '--last', '--id', '019ace2b-7c1e-7d3a-9f10-2b6f0a7c4d11')
    assert.equal(both.code, 2)
    assert.equal((await medinfo('mail', 'show', '--id', '../../etc/passwd')).code, 1)
  })

  test('are listed, the newest first, and shown with their link and their accents', async ({ assert }) => {
    const user = await someone('nurse')
    const first = await sent(someAddress())
    const second = await sent(user.email!, { kind: 'password_reset', user })
    await writeFile(join(mailsFolder(), 'notes.txt'), 'not a mail')
    const { data } = await jsonOf('mail', 'list')
    assert.deepEqual(
      data.map(({ id }: { id: string }) => id),
      [second.uuid, first.uuid]
    )
    assert.deepInclude(data[0], { to: user.email, subject: 'MedInfo : choisissez un nouveau mot de passe' })
    assert.closeTo(Date.parse(data[0].date), Date.now(), 60_000)
    assert.lengthOf((await jsonOf('mail', 'list', '--limit', '1')).data, 1)
    assert.include((await medinfo('mail', 'list')).out, 'Objet')

    const last = await jsonOf('mail', 'show', '--last')
    assert.equal(last.data.id, second.uuid)
    assert.match(last.data.text, /http:\/\/localhost:\d+\/app\/password-reset#[\w-]{43}\n/)
    assert.include(last.data.text, 'Vous avez demandé')
    assert.include(last.data.html, 'Vous avez demandé')
    const { out, code } = await medinfo('mail', 'show', '--id', first.uuid)
    assert.equal(code, 0)
    assert.match(out, /^De : MedInfo <no-reply@localhost>\nÀ : .*\nDate : .*\nObjet : MedInfo : aucun compte/)
  })

  test('who read one is in the audit, and what it holds is not', async ({ assert }) => {
    const user = await someone('nurse')
    const { uuid } = await sent(user.email!, { kind: 'password_reset', user })
    const { data } = await jsonOf('mail', 'show', '--id', uuid)
    const [, value] = /#([\w-]{43})/.exec(data.text)!
    const entries = await db.from('audit_logs').where({ action: 'mails.show', entity_uuid: uuid })
    assert.lengthOf(entries, 1)
    assert.equal(entries[0].outcome, 'done')
    for (const secret of [value!, user.email!]) assert.notInclude(JSON.stringify(entries), secret)
  })

  test('are for nobody but whoever is at the machine', async ({ assert }) => {
    await sent(someAddress())
    const admin = await someone('admin')
    await assert.rejects(() => showMailFile(callerOf(admin), {}))
    assert.exists(await showMailFile(callerOf(), {}))
  })

  test('are read one at a time where an attempt was made twice', async ({ assert }) => {
    const { uuid, file } = await sent(someAddress())
    await writeFile(file.replace(/\d{8}T/, '20990101T'), await readFile(file))
    assert.equal((await jsonOf('mail', 'show', '--id', uuid)).data.id, uuid)
    assert.lengthOf((await jsonOf('mail', 'list')).data, 2)
  })
})

test.group('Doctor', (group) => {
  group.each.setup(() => () => rm(mailsFolder(), { recursive: true, force: true }))

  const checkOf = async (name: string) =>
    (await jsonOf('doctor')).checks.find((check: { name: string }) => check.name === name)

  test('says where mails go, and tells of one that never left for a week', async ({ assert, cleanup }) => {
    await forgetFailures()
    cleanup(forgetFailures)
    await deliverMails()
    assert.deepInclude(await checkOf('mails'), { ok: true, code: 'as_files' })
    assert.deepInclude(await checkOf('mail_queue'), { ok: true })
    const id = await queued(someAddress())
    await deliverMails({
      transport: {
        send: () => Promise.reject(Object.assign(new Error('x'), { code: 'EMESSAGE', responseCode: 554 })),
      },
    })
    const failing = await checkOf('mail_queue')
    assert.deepInclude(failing, { ok: false, code: 'failing' })
    assert.include(failing.detail, 'message_refused')
    await db.from('mails').where('id', id).update({ due_at: '2026-01-01 00:00:00.000' })
    assert.deepInclude(await checkOf('mail_queue'), { ok: true })
  })
})

test.group('A file of a mail', () => {
  test('is whole or not there', async ({ assert }) => {
    const transport = fileTransport()
    const message = { from: 'a@example.org', to: ['b@example.org'], subject: 'x', text: { path: '/etc/hostname' } }
    await assert.rejects(() => transport.send({ uuid: 'x', recipient: 'b@example.org', message: message as never }))
    assert.deepEqual(await readdir(mailsFolder()), [])
    await rm(mailsFolder(), { recursive: true, force: true })
  })
})
