import { randomUUID } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { moveClock } from '#app/core/clock'
import { rehearse } from '#app/core/rehearse'
import { shownSecret } from '#app/factors/totp'
import { composeMail } from '#app/mails/compose_mail'
import { sender } from '#app/mails/app_address'
import { relyingParty } from '#app/passkeys/passkey_party'
import { defaultCountry } from '#app/patients/default_country'
import { changeSettings, openSettings } from '#app/settings/change_settings'
import { clinicNow, refreshClinic } from '#app/settings/clinic'
import env from '#start/env'
import { callerOf, sessionOf, someone, tokenOf } from '#tests/acting'
import { auditOf } from '#tests/functional/core/probe'
import { forgetSettings, keptSettings, WANTED } from '#tests/functional/settings/some_settings'

const REASON = { reason: 'Déménagement' }

/** Somebody's browser, which has just signed in. */
async function browserOf(...roles: string[]) {
  const user = await someone(...roles)
  const headers = { ...(await sessionOf(user)), 'content-type': 'application/json' }
  const ask = async (method: string, body?: object) => {
    const requestId = randomUUID()
    const answer = await fetch(`http://127.0.0.1:${process.env.PORT}/api/v1/settings`, {
      ...{ method, headers: { ...headers, 'x-request-id': requestId } },
      ...(body && { body: JSON.stringify(body) }),
    })
    const { data, code, errors } = (await answer.json()) as any
    return { status: answer.status, data, code, fields: errors?.map((one: any) => one.pointer), requestId }
  }
  return { user, read: () => ask('GET'), change: (more: object = {}) => ask('PUT', { ...WANTED, ...REASON, ...more }) }
}

const byOperator = (more: object = {}) => changeSettings(callerOf(), { ...WANTED, ...REASON, ...more })

test.group('The settings of the clinic are refused', (group) => {
  group.each.setup(forgetSettings)
  group.each.teardown(forgetSettings)
  group.each.teardown(() => moveClock(0))

  for (const role of ['doctor', 'nurse', 'lab', 'reception', 'patient'])
    test(`to the role ${role}, to read and to change, and that is in the audit`, async ({ assert }) => {
      const browser = await browserOf(role)
      for (const [ask, action] of [
        [browser.read, 'settings.open'],
        [browser.change, 'settings.change'],
      ] as const) {
        const answer = await ask()
        assert.deepEqual([answer.status, answer.code], [403, 'forbidden'])
        const [row, ...others] = await auditOf(answer.requestId)
        assert.deepInclude(row, { action, outcome: 'refused' })
        assert.lengthOf(others, 0)
      }
      assert.deepEqual(await keptSettings(), {})
    })

  test('to whoever has not proven lately who they are, and to a token', async ({ client, assert }) => {
    const browser = await browserOf('admin')
    moveClock(6 * 60_000)
    const late = await browser.change()
    assert.deepEqual([late.status, late.code], [403, 'step_up_required'])
    const [row] = await auditOf(late.requestId)
    assert.deepInclude(row, { action: 'settings.change', outcome: 'refused' })
    moveClock(0)
    const token = await tokenOf(browser.user)
    const answer = await client
      .put('/api/v1/settings')
      .bearerToken(token)
      .json({ ...WANTED, ...REASON })
    assert.equal(answer.status(), 403)
    assert.deepEqual(await keptSettings(), {})
  })

  test('where they make no sense', async ({ assert }) => {
    const browser = await browserOf('admin')
    const refused: [object, string][] = [
      [{ name: ' ' }, '/name'],
      [{ name: 'Clinique\ndu Port' }, '/name'],
      [{ address: ['1', '2', '3', '4', '5', '6'] }, '/address'],
      [{ header: ['a\nb'] }, '/header/0'],
      [{ phone: 'x'.repeat(41) }, '/phone'],
      [{ languages: [] }, '/languages'],
      [{ languages: ['de'] }, '/languages/0'],
      [{ language: 'en' }, '/language'],
      [{ national_id_country: 'ZZ' }, '/national_id_country'],
      [{ reason: 'a' }, '/reason'],
      [{ logo: 'x' }, '/logo'],
    ]
    for (const [more, pointer] of refused) {
      const answer = await browser.change(more)
      assert.deepEqual([answer.status, answer.fields], [422, [pointer]], JSON.stringify(more))
    }
    assert.deepEqual(await keptSettings(), {})
  })
})

test.group('The settings of the clinic', (group) => {
  group.each.setup(forgetSettings)
  group.each.teardown(forgetSettings)

  test('are those of the environment until somebody changes them', async ({ assert }) => {
    const browser = await browserOf('admin')
    const { status, data } = await browser.read()
    const none = { address: [], phone: null, header: [] }
    const languages = { languages: ['fr', 'en'], language: 'fr' }
    assert.equal(status, 200)
    assert.deepEqual(data, { name: env.get('APP_NAME'), ...none, ...languages, national_id_country: 'generic' })
  })

  test('are changed at once, and the audit has the names of what was changed, why, and no value', async ({
    assert,
  }) => {
    const browser = await browserOf('admin')
    const answer = await browser.change()
    assert.deepEqual([answer.status, answer.data], [200, WANTED])
    assert.deepEqual((await browser.read()).data, WANTED)
    const [row, ...others] = await auditOf(answer.requestId)
    assert.lengthOf(others, 0)
    assert.deepInclude(row, { action: 'settings.change', outcome: 'done' })
    const all = ['clinic_name', 'clinic_address', 'clinic_phone', 'clinic_header', 'languages', 'national_id_country']
    const { fields, reason } = JSON.parse(row!.details)
    assert.deepEqual([fields.toSorted(), reason], [all.toSorted(), REASON.reason])
    assert.notInclude(JSON.stringify(row), 'rue du Port')
    const again = await browser.change({ phone: null })
    const [second] = await auditOf(again.requestId)
    assert.deepEqual(JSON.parse(second!.details).fields, ['clinic_phone'])
    assert.isNull(again.data.phone)
  })

  test('that two people are the first to choose are kept', async ({ assert }) => {
    const [one, other] = [await browserOf('admin'), await browserOf('admin')]
    const answers = await Promise.all([one.change(), other.change({ name: 'Clinique du Lac' })])
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200]
    )
    assert.include(['Clinique du Lac', 'Clinique du Port'], (await one.read()).data.name)
  })

  test('are what anybody is told, and the name of pages, mails, generators and passkeys', async ({
    client,
    assert,
    cleanup,
  }) => {
    cleanup(() => env.set('MAIL_FROM', ''))
    env.set('MAIL_FROM', 'Ancien nom <a@clinic.example>')
    assert.equal(sender().name, 'Ancien nom')
    await byOperator()
    const { data } = (await client.get('/api/v1/public/info')).body()
    const { name, address, phone, header, languages, language } = WANTED
    assert.deepInclude(data, { name, address, phone, header, languages, language })
    assert.notProperty(data, 'national_id_country')
    assert.include((await client.get('/')).text(), WANTED.name)
    assert.deepEqual(sender(), { name: WANTED.name, address: 'a@clinic.example' })
    const mail = await composeMail({ kind: 'password_changed', language: 'fr', name: null, link: null })
    assert.include(`${mail.subject} ${mail.text}`, WANTED.name)
    assert.include(shownSecret('JBSWY3DPEHPK3PXP', 'a@b').uri, encodeURIComponent(WANTED.name))
    assert.equal(relyingParty().name, WANTED.name)
  })

  test('show as text wherever they stand', async ({ client, assert }) => {
    const name = '<b>Clinique</b> & "fils", <a@b.example>'
    await byOperator({ name, languages: ['fr', 'en'] })
    const mail = await composeMail({ kind: 'password_changed', language: 'fr', name: null, link: null })
    assert.include(mail.text, name)
    for (const html of [mail.html, (await client.get('/')).text(), (await client.get('/problems')).text()])
      assert.notInclude(html, '<b>Clinique')
    assert.equal(sender().name, name)
  })

  test('that were not committed are followed by nobody', async ({ assert }) => {
    const before = clinicNow().name
    await rehearse(callerOf(), (as) => changeSettings(as, { ...WANTED, ...REASON }))
    assert.equal(clinicNow().name, before)
    assert.deepEqual(await keptSettings(), {})
  })

  test('say which language somebody gets who asks for another, or for none', async ({ client, assert }) => {
    const languageFor = async (asked?: string, query = '') => {
      const request = client.get(`/problems${query}`)
      return (asked ? request.header('accept-language', asked) : request).then((answer) =>
        answer.header('content-language')
      )
    }
    await byOperator({ languages: ['en', 'fr'], language: 'en' })
    assert.deepEqual(clinicNow().languages, ['fr', 'en'])
    for (const asked of [undefined, '*', 'de']) assert.equal(await languageFor(asked), 'en', asked)
    assert.equal(await languageFor('fr-SN, en;q=0.8'), 'fr')
    assert.equal(await languageFor(undefined, '?lang=fr'), 'fr')
    await byOperator({ languages: ['fr'], language: 'fr' })
    for (const asked of [undefined, 'en', 'en, fr;q=0.1']) assert.equal(await languageFor(asked), 'fr', asked)
    assert.equal(await languageFor('en', '?lang=en'), 'fr')
  })

  test('say whose national ids are taken', async ({ assert }) => {
    assert.equal(await defaultCountry(db.connection()), 'generic')
    await byOperator()
    assert.equal(await defaultCountry(db.connection()), 'SN')
  })

  test('that another process has changed are followed', async ({ assert }) => {
    await byOperator()
    await db.from('settings').where('name', 'clinic_name').update({ value: 'Clinique du Lac' })
    assert.equal(clinicNow().name, WANTED.name)
    await refreshClinic(db.connection())
    assert.equal(clinicNow().name, 'Clinique du Lac')
  })

  test('are open to the operator at the machine', async ({ assert }) => {
    await byOperator()
    assert.equal((await openSettings(callerOf(), {})).name, WANTED.name)
  })
})
