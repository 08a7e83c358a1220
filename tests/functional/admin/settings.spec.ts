import { test } from '@japa/runner'
import { moveClock } from '#app/core/clock'
import { changeSettings } from '#app/settings/change_settings'
import { callerOf } from '#tests/acting'
import { officeAllowed, officeWith, toldOf } from '#tests/functional/admin/office'
import { forgetSettings, keptSettings, WANTED } from '#tests/functional/settings/some_settings'

/** As the form sends it: browsers end lines by two characters. */
const TYPED = {
  ...{ action: 'change', name: WANTED.name, phone: ` ${WANTED.phone} ` },
  address: `${WANTED.address.join('\r\n')}\r\n\r\n`,
  header: WANTED.header.join('\r\n'),
  ...{ languages: 'fr', language: 'fr', national_id_country: 'SN', reason: 'Déménagement' },
}

test.group('The settings in the back office', (group) => {
  group.each.setup(forgetSettings)
  group.each.teardown(forgetSettings)
  group.each.teardown(() => moveClock(0))

  test('are neither shown to nor changed by whoever may enter and do everything else', async ({ assert }) => {
    const office = await officeAllowed('users.manage', 'audit.view', 'keys.manage', 'alerts.review')
    const [shown, changed] = [await office.page('settings'), await office.change('settings', TYPED)]
    assert.deepEqual([shown.status, changed.body.problem], [403, 'forbidden'])
    for (const answer of [shown, changed]) assert.equal((await toldOf(answer)).at(-1)!.outcome, 'refused')
    assert.deepEqual(await keptSettings(), {})
  })

  test('are changed only with a proof and a reason', async ({ assert }) => {
    const office = await officeWith('admin')
    const { reason: _, ...silent } = TYPED
    assert.property((await office.change('settings', silent)).body.fields, 'reason')
    moveClock(6 * 60_000)
    assert.equal((await office.change('settings', TYPED)).body.problem, 'step_up_required')
    assert.deepEqual(await keptSettings(), {})
  })

  test('say which field is wrong', async ({ assert }) => {
    const office = await officeWith('admin')
    const wrong: [Record<string, string>, string][] = [
      [{ name: ' ' }, 'name'],
      [{ address: '1\n2\n3\n4\n5\n6' }, 'address'],
      [{ header: 'x'.repeat(121) }, 'header'],
      [{ languages: '' }, 'languages'],
      [{ language: 'en' }, 'language'],
      [{ national_id_country: 'ZZ' }, 'national_id_country'],
    ]
    for (const [typed, field] of wrong) {
      const { body } = await office.change('settings', { ...TYPED, ...typed })
      assert.deepEqual(Object.keys(body.fields ?? {}), [field], field)
    }
    assert.deepEqual(await keptSettings(), {})
  })

  test('are changed as they were typed, line by line, and the audit has their names and why', async ({ assert }) => {
    const office = await officeWith('admin')
    const answer = await office.change('settings', TYPED)
    assert.equal(answer.body.notice?.type, 'success', answer.body.notice?.message)
    assert.deepEqual((await office.page('settings')).body.values, WANTED)
    const [told, ...others] = await toldOf(answer)
    assert.lengthOf(others, 0)
    assert.deepInclude(told!.details, { via: 'admin', reason: TYPED.reason })
    assert.include(told!.details.fields, 'clinic_address')
    await office.change('settings', { ...TYPED, phone: '', header: '', address: '' })
    const { values } = (await office.page('settings')).body
    assert.deepInclude(values as object, { phone: null, header: [], address: [] })
  })

  test('show what somebody else has changed meanwhile', async ({ assert }) => {
    const office = await officeWith('admin')
    await changeSettings(callerOf(), { ...WANTED, name: 'Clinique du Lac', reason: 'Nouveau nom' })
    const { values, countries } = (await office.page('settings')).body as any
    assert.equal(values.name, 'Clinique du Lac')
    assert.includeMembers(countries, ['SN', 'generic'])
  })
})
