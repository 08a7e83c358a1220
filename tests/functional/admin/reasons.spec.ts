import { test } from '@japa/runner'
import AuditLog from '#app/audit/audit_log'
import User from '#app/users/user'
import { sessionOf, someone } from '#tests/acting'

/** As the form of an action sends it. */
async function sent(admin: User, colleague: User, action: string, typed: Record<string, string>) {
  const { 'x-csrf-token': token, ...headers } = await sessionOf(admin)
  const body = new FormData()
  for (const [name, value] of Object.entries(typed)) body.append(name, value)
  const address = `http://127.0.0.1:${process.env.PORT}/admin/api/resources/users/records/${colleague.uuid}/${action}`
  const answer = await fetch(address, { method: 'POST', headers: { ...headers, 'x-xsrf-token': token! }, body })
  return (await answer.json()) as { notice: { type: string }; problem?: string; fields?: Record<string, string> }
}

async function entriesOf(user: User, action: string) {
  const entries = await AuditLog.query().where({ user_id: user.id, action }).orderBy('id')
  return entries.map(({ outcome, details }) => ({ outcome, details: JSON.parse(details as string) as object }))
}

test.group('Reasons', () => {
  for (const reason of [undefined, '  ', 'ab', 'a'.repeat(501)])
    test(`an account stays open where the reason is ${JSON.stringify(reason)?.slice(0, 8)}`, async ({ assert }) => {
      const [admin, colleague] = [await someone('admin'), await someone('nurse')]
      const answer = await sent(admin, colleague, 'disable', reason === undefined ? {} : { reason })
      assert.equal(answer.notice.type, 'error')
      assert.isString(answer.fields!.reason)
      assert.isNull((await User.findOrFail(colleague.id)).disabledAt)
      const [entry, ...others] = await entriesOf(admin, 'users.disable')
      assert.lengthOf(others, 0)
      assert.equal(entry!.outcome, 'refused')
      assert.deepInclude(entry!.details, { code: answer.problem, fields: ['/reason'] })
      assert.notProperty(entry!.details, 'reason')
    })

  test('the audit keeps why an account was closed and opened again', async ({ assert }) => {
    const [admin, colleague] = [await someone('admin'), await someone('nurse')]
    assert.equal((await sent(admin, colleague, 'disable', { reason: ' Départ <b> ' })).notice.type, 'success')
    assert.equal((await sent(admin, colleague, 'reinstate', { reason: 'Retour' })).notice.type, 'success')
    const [closed, ...others] = await entriesOf(admin, 'users.disable')
    assert.lengthOf(others, 0)
    assert.equal(closed!.outcome, 'done')
    assert.deepInclude(closed!.details, { via: 'admin', reason: 'Départ <b>' })
    const [opened] = await entriesOf(admin, 'users.reinstate')
    assert.deepInclude(opened!.details, { reason: 'Retour' })
  })

  test('the audit keeps the reason of what the gate refuses', async ({ assert }) => {
    const admin = await someone('admin')
    const others = await User.query().whereNot('id', admin.id).whereNull('disabled_at')
    await User.query()
      .whereNot('id', admin.id)
      .update({ disabled_at: new Date('2026-01-01') })
    const answer = await sent(admin, admin, 'disable', { reason: 'Je pars' })
    const ids = others.map(({ id }) => id)
    await User.query().whereIn('id', ids).update({ disabled_at: null })
    assert.equal(answer.notice.type, 'error')
    const [entry] = await entriesOf(admin, 'users.disable')
    assert.equal(entry!.outcome, 'refused')
    assert.deepInclude(entry!.details, { code: answer.problem, reason: 'Je pars' })
  })
})
