import { test } from '@japa/runner'
import { moveClock } from '#app/core/clock'
import { Forbidden } from '#app/core/problem'
import { newUuid } from '#app/core/ids'
import { enrolGenerator } from '#app/factors/enrol_generator'
import { AlreadyEnrolled } from '#app/factors/factor_problems'
import { callerOf, someone } from '#tests/acting'
import { auditOf } from '#tests/functional/core/probe'
import { browserOf, SECOND_FACTOR } from '#tests/functional/factors/browser_of'
import { alignClock, codeOf, giveGenerator, keptOf } from '#tests/functional/factors/some_factor'
import { somebody, standing } from '#tests/functional/sessions/browser'

const toldOf = async (requestId: string) =>
  (await auditOf(requestId)).map(({ action, outcome, entity_uuid }) => [action, outcome, entity_uuid])

test.group('A code generator that is given at the machine', (group) => {
  group.each.setup(() => {
    alignClock()
    return () => moveClock(0)
  })

  test('is given by nobody else, not even an administrator', async ({ assert }) => {
    const user = await someone('doctor')
    const caller = { ...callerOf(await someone('admin')), requestId: newUuid() }
    await assert.rejects(() => enrolGenerator(caller, { user: user.uuid }), Forbidden)
    assert.isNull(await keptOf(user))
    assert.deepEqual(await toldOf(caller.requestId), [['factors.enrol', 'refused', user.uuid]])
  })

  test('is no second one, which would be a way around the first', async ({ assert }) => {
    const user = await someone('doctor')
    const secret = await giveGenerator(user)
    const caller = callerOf()
    await assert.rejects(() => enrolGenerator(caller, { user: user.uuid }), AlreadyEnrolled)
    assert.equal((await keptOf(user))!.confirmed, secret)
    assert.deepEqual(await toldOf(caller.requestId), [['factors.enrol', 'refused', user.uuid]])
  })

  test('counts at once, ends what was signed in without it, and is told without its secret', async ({
    client,
    assert,
  }) => {
    const user = await somebody('doctor')
    const before = await browserOf(client, user)
    const caller = callerOf()
    const { secret, uri } = await enrolGenerator(caller, { user: user.email! })
    assert.equal(new URL(uri).searchParams.get('secret'), secret)
    assert.equal(await standing(client, before.value), '401 session_over')
    const after = await browserOf(client, user)
    assert.equal(await after.told('get', '/api/v1/patients'), '403 second_factor_required')
    assert.equal(await after.told('post', SECOND_FACTOR, { code: codeOf(secret) }), '200')
    assert.equal(await after.told('get', '/api/v1/patients'), '200')
    assert.deepEqual(await toldOf(caller.requestId), [['factors.enrol', 'done', user.uuid]])
    assert.notInclude(JSON.stringify(await auditOf(caller.requestId)), secret)
  })
})
