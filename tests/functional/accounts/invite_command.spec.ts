import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { anAddress, entryOf, userAt, withRegistration } from '#tests/functional/accounts/some_account'
import { exitOf, jsonOf, medinfo, medinfoJson } from '#tests/functional/cli/medinfo'
import { someone } from '#tests/acting'

const named = (email: string) => ['--name', 'Moussa Ba', '--email', email]

test.group('Inviting from the command line', (group) => {
  group.setup(async () => {
    await someone('admin')
  })

  test('refuses an address that is taken, a role that is none, and to go without an address', async ({ assert }) => {
    const { email } = await someone()
    const { code, json } = await medinfoJson('user', 'invite', ...named(email!))
    assert.deepEqual([code, json.error.code], [1, 'email_taken'])
    const other = await medinfoJson('user', 'invite', ...named(anAddress()), '--role', 'wizard')
    assert.equal(other.json.error.code, 'unknown_role')
    assert.equal(await exitOf('user', 'invite', '--name', 'Moussa Ba'), 2)
  })

  test('is refused where the installation is closed', async ({ assert }) => {
    await withRegistration('closed', async () => {
      const { code, json } = await medinfoJson('user', 'invite', ...named(anAddress()))
      assert.deepEqual([code, json.error.code], [1, 'registration_closed'])
    })
  })

  test('a rehearsal invites nobody', async ({ assert }) => {
    const email = anAddress()
    const json = await jsonOf('user', 'invite', ...named(email), '--dry-run')
    assert.deepInclude(json, { dry_run: true, mail: null })
    assert.isNull(await userAt(email))
    assert.isNull(await db.from('mails').where('recipient', email).first())
  })

  test('makes somebody without a password, whose invitation lies in a file where there is no mail server', async ({
    assert,
  }) => {
    const email = anAddress()
    const json = await jsonOf('user', 'invite', ...named(email), '--role', 'nurse', '--language', 'en')
    assert.deepInclude(json, { email, roles: ['nurse'], mail: 'filed', dry_run: false })
    const user = (await userAt(email))!
    assert.equal(json.id, user.uuid)
    assert.isNull(user.password)
    assert.equal(user.language, 'en')
    const mail = await db.from('mails').where('user_id', user.id).firstOrFail()
    assert.deepInclude(mail, { kind: 'invitation', state: 'sent' })
    assert.lengthOf(await db.from('account_links').where({ user_id: user.id, purpose: 'invitation' }), 1)
    const [entry] = await db.from('audit_logs').where({ entity_uuid: user.uuid, action: 'accounts.invite' })
    assert.equal(entry.role, 'operator')
    const { request_id: requestId } = entry
    assert.notInclude((await entryOf({ requestId } as never)).details, '@')
  })

  test('says how the invitation is found', async ({ assert }) => {
    const { out } = await medinfo('user', 'invite', ...named(anAddress()))
    assert.include(out, 'Moussa Ba')
    assert.include(out, 'medinfo mail show --last')
  })
})
