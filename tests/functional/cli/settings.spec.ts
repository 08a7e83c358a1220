import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { exitOf, jsonOf, medinfo, medinfoJson } from '#tests/functional/cli/medinfo'
import { forgetSettings, keptSettings } from '#tests/functional/settings/some_settings'

const BECAUSE = ['--reason', 'Ouverture']

test.group('The settings of the clinic on the command line', (group) => {
  group.each.setup(forgetSettings)
  group.each.teardown(forgetSettings)

  test('are not changed without a reason, nor to what makes no sense', async ({ assert }) => {
    assert.equal(await exitOf('settings', 'change', '--name', 'Clinique du Port'), 2)
    assert.equal(await exitOf('settings', 'change', '--language', 'de', ...BECAUSE), 2)
    for (const given of [
      ['--name', ''],
      ['--country', 'ZZ'],
      ['--language', 'fr', '--default-language', 'en'],
      ['--address', ...'123456'.split('').join(' --address ').split(' ')],
    ]) {
      const { code, json } = await medinfoJson('settings', 'change', ...given, ...BECAUSE)
      assert.deepEqual([code, json.error.code], [1, 'invalid'], given.join(' '))
    }
    assert.deepEqual(await keptSettings(), {})
  })

  test('are changed one by one, and not in a rehearsal', async ({ assert }) => {
    const header = ['--address', '12, rue du Port', '--address', 'Dakar', '--phone', '+221 33 800 00 00']
    const given = ['settings', 'change', '--name', 'Clinique du Port', ...header, ...BECAUSE]
    const rehearsed = await jsonOf(...given, '--dry-run')
    assert.deepInclude(rehearsed, { name: 'Clinique du Port', dry_run: true })
    assert.deepEqual(await keptSettings(), {})
    const address = ['12, rue du Port', 'Dakar']
    assert.deepInclude(await jsonOf(...given), { name: 'Clinique du Port', address, dry_run: false })
    await jsonOf('settings', 'change', '--country', 'SN', '--language', 'fr', '--phone', '', ...BECAUSE)
    assert.deepEqual(await jsonOf('settings', 'show'), {
      ...{ name: 'Clinique du Port', address, phone: null, header: [] },
      ...{ languages: ['fr'], language: 'fr', national_id_country: 'SN' },
    })
    const { out } = await medinfo('settings', 'show')
    assert.match(out, /^Adresse +12, rue du Port\n +Dakar$/m)
    const entry = await db.from('audit_logs').where('action', 'settings.change').orderBy('id', 'desc').firstOrFail()
    const { fields, reason, via } = JSON.parse(entry.details)
    assert.deepEqual(fields.toSorted(), ['clinic_phone', 'languages', 'national_id_country'])
    assert.deepEqual([entry.role, reason, via], ['operator', 'Ouverture', 'cli'])
  })
})
