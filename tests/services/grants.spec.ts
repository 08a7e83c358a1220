import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import type { ConnectionConfig } from '@adonisjs/lucid/types/database'
import type { ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { anchorAudit } from '#app/anchors/anchor_audit'
import { fileAnchor } from '#app/anchors/file_anchor'
import { sealAudit } from '#app/audit/seal'
import { newUuid } from '#app/core/ids'
import { disableUser } from '#app/users/disable_user'
import { grant, revoke } from '#app/users/change_grants'
import { writeLastUses } from '#app/tokens/verify_token'
import User from '#app/users/user'
import { dataDir } from '#start/env'
import { callerOf, sessionOf, someone } from '#tests/acting'
import { anAccount, anAddress, ask, linkTo, OTHER_PASSWORD } from '#tests/functional/accounts/some_account'
import { apiCallerWith, PATIENTS } from '#tests/functional/api_caller'
import { auditOf, INSTANT } from '#tests/functional/core/probe'
import { schemaFacts } from '#tests/functional/database/schema_facts'
import { migrate } from '#tests/functional/database/scratch_database'
import { erase } from '#tests/functional/erasure/some_erasure'
import { aPatient, somePatient, someWord } from '#tests/functional/patients/some_patient'

const FILE = readFileSync(app.makePath('deploy/mysql/grants.sql'), 'utf8')
const PASSWORD = 'for-this-test-0123456789'
const APP = 'tests_app'
const MIGRATIONS = 'tests_migrations'
const SCRATCH = 'medinfo_grants'

/** The file's statements, for another database and other users than an installation's. */
function statementsFor(database: string): string[] {
  const sql = FILE.replace(/^--.*$/gm, '')
    .replace(/\bmedinfo\b(?=\.|\s+character)/g, database)
    .replaceAll('medinfo_app', APP)
    .replaceAll('medinfo_migrations', MIGRATIONS)
  return sql
    .split(';')
    .map((statement) => statement.trim())
    .filter(Boolean)
}

const isMysql = () => db.connection().dialect.name === 'mysql'

async function unlock(user: string) {
  await db.rawQuery(`alter user '${user}'@'%' identified by '${PASSWORD}' account unlock`)
}

function configAs(user: string, database?: string): ConnectionConfig {
  const { connection, ...config } = db.manager.get('mysql')!.config as any
  return { ...config, connection: { ...connection, user, password: PASSWORD, ...(database && { database }) } }
}

/** Everything that the application reads and writes goes through this user while `work` runs. */
async function asApplication(work: () => Promise<void>) {
  const { config } = db.manager.get('mysql')!
  db.manager.patch('mysql', configAs(APP))
  try {
    await work()
  } finally {
    db.manager.patch('mysql', config)
  }
}

/** An emergency, what is written in it, and its review: each in a table that the application only adds to, or not. */
async function statusesOfAChart(client: ApiClient, patient: string): Promise<number[]> {
  const [doctor, admin] = [await apiCallerWith(client, 'doctor'), await apiCallerWith(client, 'admin')]
  const opened = await doctor.post(`${PATIENTS}/${patient}/emergency-access`, { reason: 'Inconsciente' })
  const held = await doctor.post('/api/v1/consultations', { patient_id: patient, date: '2026-03-02T09:30:00Z' })
  const added = await doctor.post(`/api/v1/consultations/${held.body().data?.id}/addenda`, { text: 'Revue' })
  const [alert] = (await admin.get('/api/v1/alerts?state=open&limit=1')).body().data
  const reviewed = await admin.post(`/api/v1/alerts/${alert.id}/review`)
  return [opened, held, added, reviewed].map((answer) => answer.status())
}

/** An account comes by invitation, gets another password and another address, and is closed. */
async function statusesOfAnAccount(client: ApiClient): Promise<number[]> {
  const [user, admin, email] = [await anAccount('doctor'), await sessionOf(await someone('admin')), anAddress()]
  const invited = await ask(client, 'post', '/invitations', { name: 'Awa', email, roles: ['nurse'] }, admin)
  const asked = await ask(client, 'post', '/password-resets', { email: user.email })
  const token = await linkTo('password_reset', user.email!, user)
  const reset = await ask(client, 'post', '/password-resets/completion', { token, password: OTHER_PASSWORD })
  const change = await linkTo('email_change', anAddress(), user)
  const moved = await ask(client, 'post', '/email-changes/confirmation', { token: change })
  const again = (await User.findOrFail(user.id)).signInEpoch
  const closed = await ask(client, 'post', '/me/closure', {}, await sessionOf(user.merge({ signInEpoch: again })))
  return [invited, asked, reset, moved, closed].map((answer) => answer.status())
}

test.group('deploy/mysql/grants.sql', (group) => {
  group.setup(async () => {
    if (!isMysql()) return () => {}
    const { connection } = db.manager.get('mysql')!.config as any
    for (const statement of statementsFor(connection.database)) await db.rawQuery(statement)
    return async () => {
      await db.manager.close('as_application', true)
      for (const user of [APP, MIGRATIONS]) await db.rawQuery(`drop user '${user}'@'%'`)
    }
  })

  test('makes both users locked: nobody signs in before they have a password', async ({ assert }) => {
    db.manager.add('locked', configAs(APP))
    await assert.rejects(() => db.connection('locked').rawQuery('select 1'), /locked|denied/i)
    await db.manager.close('locked', true)
    assert.notMatch(FILE.replace(/^--.*$/gm, ''), /identified/i)
  }).skip(() => !isMysql(), 'SQLite has no users')

  test('names every table there is, and none that is not', async ({ assert }) => {
    const named = [...FILE.matchAll(/ on medinfo\.(\w+) to 'medinfo_app'/g)].map(([, table]) => table!)
    assert.sameMembers(named, Object.keys(await schemaFacts()))
  }).skip(() => !isMysql(), 'SQLite has no users')

  test('keeps the application from changing or losing the audit, and from the schema', async ({ assert }) => {
    await unlock(APP)
    db.manager.add('as_application', configAs(APP))
    const client = db.connection('as_application')
    const refused = [
      `update audit_logs set action = 'x'`,
      'delete from audit_logs',
      'truncate table audit_logs',
      'drop table audit_logs',
      'alter table audit_logs add column x int',
      'drop trigger audit_logs_no_update',
      `create trigger t before insert on audit_logs for each row set new.action = 'x'`,
      'rename table audit_logs to x',
      'replace into audit_logs select * from audit_logs limit 1',
      'lock tables audit_logs write',
      'update audit_leaves set leaf = leaf + 1000000',
      'delete from audit_leaves',
      'truncate table audit_leaves',
      `update audit_checkpoints set note = 'x'`,
      'delete from audit_checkpoints',
      'delete from audit_anchors',
      'create table x (a int)',
      'drop table patients',
      'alter table patients drop column phone',
      'delete from patients',
      'delete from users',
      'truncate table users',
      'update record_versions set version = 9',
      'delete from consultations',
      `insert into permissions (uuid, name, created_at, updated_at) values ('x', 'all.of_it', now(), now())`,
      'delete from master_keys',
      'delete from root_keys',
      'delete from data_keys',
      'update shred_ledger set request_uuid = patient_uuid',
      'delete from shred_ledger',
      'update shred_approvals set user_id = 1',
      'delete from shred_approvals',
      'delete from shred_requests',
      'create user x',
      `grant delete on audit_logs to '${APP}'@'%'`,
      'select * from mysql.user',
      `select 1 into outfile '/tmp/x'`,
    ]
    for (const statement of refused) await assert.rejects(() => client.rawQuery(statement), /denied/i)
    await client.rawQuery('select count(*) from audit_logs')
  }).skip(() => !isMysql(), 'SQLite has no users')

  test('control: an administrator of the server is kept from the audit by its triggers only', async ({ assert }) => {
    await somePatient()
    await assert.rejects(() => db.from('audit_logs').limit(1).delete(), /append-only/)
    const trx = await db.transaction()
    await trx.rawQuery('delete from sync_mutations')
    await trx.rollback()
  }).skip(() => !isMysql(), 'SQLite has no users')

  test('gives the application all that the API and the command line do', async ({ client, assert }) => {
    await unlock(APP)
    await asApplication(async () => {
      const who = await db.rawQuery('select current_user() as u')
      assert.match(who[0][0].u, new RegExp(`^${APP}@`))
      const [desk, admin, doctor] = [
        await apiCallerWith(client, 'reception'),
        await apiCallerWith(client, 'admin'),
        await someone('doctor'),
      ]
      const word = someWord()
      const key = { 'Idempotency-Key': newUuid() }
      const input = aPatient({ family_name: word, phone: '+221771112233', national_id: word })
      const made = await desk.post(PATIENTS, input, key)
      const at = `${PATIENTS}/${made.body().data?.id}`
      const pair = `/api/v1/doctors/${doctor.uuid}/patients/${made.body().data?.id}`
      const answers = [
        made,
        await desk.post(PATIENTS, input, key),
        await desk.get(at),
        await desk.patch(at, { version: 1, family_name: `${word} Ba`, phone: null, national_id: null }),
        await desk.get(`${PATIENTS}?name=${word}&count=exact`),
        await desk.get(`${PATIENTS}/search?name=${word}`),
        await desk.post(pair),
        await desk.delete(pair),
        await admin.delete(at, { version: 2 }),
        await admin.post(`${at}/restoration`, { version: 3 }),
      ]
      assert.deepEqual(
        answers.map((answer) => answer.status()),
        [201, 201, 200, 200, 200, 200, 201, 200, 200, 200]
      )
      assert.deepEqual(await statusesOfAChart(client, made.body().data.id), [201, 201, 201, 200])
      assert.deepEqual(await statusesOfAnAccount(client), [201, 202, 200, 200, 200])
      const refused = await desk.delete(at, { version: 4 })
      assert.deepEqual([refused.status(), (await auditOf(refused.requestId)).length], [403, 1])
      await grant(callerOf(), { user: doctor.uuid, permission: 'patients.find' })
      await revoke(callerOf(), { user: doctor.uuid, role: 'doctor' })
      await disableUser(callerOf(), { user: doctor.uuid })
      assert.isAbove(await writeLastUses(db.connection()), 0)
      assert.equal((await client.get('/health')).status(), 200)
      assert.isAbove((await sealAudit(db.connection())).sealed, 0)
      const place = fileAnchor(join(dataDir(), 'anchor.txt'))
      assert.isNull((await anchorAudit(db.connection(), [place]))[0]!.problem)
      assert.isNull((await anchorAudit(db.connection(), [place]))[0]!.problem)
      assert.equal((await erase({ uuid: made.body().data.id })).erased!.records, 1)
      assert.equal((await desk.get(at)).status(), 410)
    })
  }).skip(() => !isMysql(), 'SQLite has no users')

  test('gives the other user what a migration needs, up and down', async ({ assert }) => {
    await db.rawQuery(`drop database if exists ${SCRATCH}`)
    for (const statement of statementsFor(SCRATCH).filter(
      (one) => !/'tests_app'@'%'$/.test(one) || /^create user/.test(one)
    ))
      await db.rawQuery(statement)
    await unlock(MIGRATIONS)
    db.manager.add('as_migrations', configAs(MIGRATIONS, SCRATCH))
    try {
      await migrate('as_migrations', 'up')
      assert.isAbove(Object.keys(await schemaFacts('as_migrations')).length, 30)
      await db
        .connection('as_migrations')
        .table('settings')
        .insert({ name: 'x', value: 'y', created_at: INSTANT, updated_at: INSTANT })
      await migrate('as_migrations', 'down')
      assert.lengthOf(Object.keys(await schemaFacts('as_migrations')), 2)
    } finally {
      await db.manager.close('as_migrations', true)
      await db.rawQuery(`drop database ${SCRATCH}`)
    }
  }).skip(() => !isMysql(), 'SQLite has no users')
})
