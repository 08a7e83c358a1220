import { rm } from 'node:fs/promises'
import { test } from '@japa/runner'
import type { Page } from 'playwright-core'
import { inviteUser } from '#app/accounts/invite_user'
import { mailsFolder } from '#start/env'
import { callerOf } from '#tests/acting'
import { PHONE } from '#tests/browser'
import { inBrowser, newContext } from '#tests/e2e/app_browser'
import { giveReader, heading, keepCodes, mailedPath, namedAddress, typeCode, typePassword } from '#tests/e2e/app_door'
import { said } from '#tests/e2e/app_texts'
import { appAddress } from '#tests/e2e/prepared_device'
import {
  anAccount,
  anAddress,
  OTHER_PASSWORD,
  PASSWORD,
  withRegistration,
} from '#tests/functional/accounts/some_account'
import { alignClock, codeOf, giveGenerator } from '#tests/functional/factors/some_factor'

let page: Page

async function openAt(address: string) {
  const context = await newContext({ viewport: PHONE, serviceWorkers: 'block' })
  page = await context.newPage()
  await page.goto(address)
}

const button = (key: string) => page.getByRole('button', { name: said(key) })
const refusal = () => page.locator('.banner-danger')

test.group('Signing in', (group) => {
  inBrowser(group)
  group.each.setup(alignClock)
  group.each.teardown(() => rm(mailsFolder(), { recursive: true, force: true }))

  test('a wrong password is refused in French, and the page is English at a touch', async ({ assert }) => {
    const user = await anAccount('doctor')
    await openAt(appAddress())
    await typePassword(page, user.email!, 'ce-n-est-pas-le-bon')
    await refusal().waitFor()
    assert.include(await refusal().innerText(), 'Connexion refusée')
    assert.equal(await page.locator('html').getAttribute('lang'), 'fr')

    await page.getByRole('button', { name: 'English' }).click()
    await heading(page, 'signed_out.sign_in.title', 'en').waitFor()
    assert.equal(await page.locator('html').getAttribute('lang'), 'en')
    assert.equal(await page.title(), 'Sign in · MedInfo')
    assert.equal(await refusal().count(), 0, 'no word of French is left')
    await page.reload()
    await heading(page, 'signed_out.sign_in.title', 'en').waitFor()
    await typePassword(page, user.email!, 'ce-n-est-pas-le-bon')
    await refusal().waitFor()
    assert.include(await refusal().innerText(), 'Sign-in refused')
  })

  test('a wrong code is refused at its field, and the right one lets in', async ({ assert }) => {
    const user = await anAccount('doctor')
    const secret = await giveGenerator(user)
    await openAt(appAddress())
    await typePassword(page, user.email!)
    await heading(page, 'signed_out.second_factor.title').waitFor()
    await typeCode(page, '000000')
    await page.locator('.field-error').waitFor()
    assert.equal(await page.locator('input[name=code]').getAttribute('aria-invalid'), 'true')
    assert.equal(await page.locator('input[name=code]').inputValue(), '')
    await typeCode(page, codeOf(secret))
    await heading(page, 'lock.prepare.title').waitFor()
  })

  test('a newcomer sets up a code generator, keeps the codes for an emergency, and enters by one', async ({
    assert,
  }) => {
    const user = await anAccount('nurse')
    await openAt(appAddress())
    await typePassword(page, user.email!)
    await heading(page, 'signed_out.enrolment.title').waitFor()
    await button('account.totp.set_up').click()
    const secret = (await page.locator('.account-secret').innerText()).replaceAll(/\s/g, '')
    assert.equal(await page.locator('.account-qr svg').count(), 1)
    await typeCode(page, codeOf(secret))
    await heading(page, 'account.recovery.title').waitFor()
    const codes = await page.locator('.account-codes li').allInnerTexts()
    assert.lengthOf(codes, 10)
    assert.isTrue(await button('common.go_on').isDisabled(), 'nobody goes on before they are kept')
    await keepCodes(page)
    await heading(page, 'lock.prepare.title').waitFor()

    await page.getByRole('link', { name: said('common.later_account') }).click()
    await button('account.sign_out').click()
    await typePassword(page, user.email!)
    await button('signed_out.recovery.instead').click()
    await page.locator('input[name=recovery_code]').fill(codes[0]!.toLowerCase())
    await button('signed_out.code.submit').click()
    await heading(page, 'account.title').waitFor()
  })

  test('who is invited follows the link of the mail, chooses a password, and signs in', async ({ assert }) => {
    const email = anAddress()
    await inviteUser(callerOf(), { name: 'Test invité', email, roles: ['nurse'], language: 'fr' })
    await openAt(appAddress(await mailedPath(email)))
    await heading(page, 'signed_out.invitation.title').waitFor()
    assert.equal(await page.evaluate('location.href'), appAddress('invitation'), 'the address bar tells nobody')

    const password = page.locator('input[name=new-password]')
    await password.fill('azertyuiop')
    await button('signed_out.new_password.submit').click()
    await page.locator('[data-pointer="/password"] .field-error').waitFor()
    await password.fill(PASSWORD)
    await button('signed_out.new_password.submit').click()
    await page.getByText(said('signed_out.invitation.done')).waitFor()
    await page.getByRole('link', { name: said('signed_out.sign_in.title') }).click()
    assert.equal(await page.locator('input[name=email]').inputValue(), email)
    await typePassword(page, email)
    await heading(page, 'signed_out.enrolment.title').waitFor()
  })

  test('a forgotten password is replaced by a mailed link, which is good once', async ({ assert }) => {
    const user = await anAccount('patient')
    await openAt(appAddress())
    await page.getByRole('link', { name: said('signed_out.forgotten.link') }).click()
    await page.locator('input[name=email]').fill(user.email!)
    await button('signed_out.mailed.submit').click()
    await page.locator('.banner-success').waitFor()
    const path = await mailedPath(user.email!)
    for (const isFirst of [true, false]) {
      await page.goto('about:blank')
      await page.goto(appAddress(path))
      await page.locator('input[name=new-password]').fill(OTHER_PASSWORD)
      await button('signed_out.new_password.submit').click()
      await (isFirst ? page.locator('.banner-success') : refusal()).waitFor()
    }
    assert.include(await refusal().innerText(), 'Lien')
    await page.reload()
    await page.getByText(said('signed_out.link.incomplete')).waitFor()
    await page.goto(appAddress('sign-in'))
    await typePassword(page, user.email!, OTHER_PASSWORD)
    await page.locator('.shell-nav').waitFor()
  })

  test('where registration is open, a patient makes an account by a mailed link', async () => {
    await withRegistration('open', async () => {
      const email = anAddress()
      await openAt(appAddress())
      await page.getByRole('link', { name: said('signed_out.register.link') }).click()
      await page.locator('input[name=email]').fill(email)
      await button('signed_out.mailed.submit').click()
      await page.locator('.banner-success').waitFor()
      await page.goto(appAddress(await mailedPath(email)))
      await page.locator('input[name=name]').fill('Test patient')
      await page.locator('input[name=new-password]').fill(PASSWORD)
      await button('signed_out.new_password.submit').click()
      await page.getByRole('link', { name: said('signed_out.sign_in.title') }).click()
      await typePassword(page, email)
      await page.locator('.shell-nav').waitFor()
    })
  })

  test('a passkey is the second factor from the first day on, and later signs in alone', async ({ assert }) => {
    const user = await anAccount('doctor')
    await openAt(namedAddress())
    const reader = await giveReader(page)
    await typePassword(page, user.email!)
    await button('account.passkeys.add').click()
    await keepCodes(page)
    await page.getByRole('link', { name: said('common.later_account') }).click()
    await reader.isTouched(false)
    await button('account.sign_out').click()
    await heading(page, 'signed_out.sign_in.title').waitFor()
    // In this order: a touch that it recognises would take the suggestion in the field of the address.
    await reader.recognises(false)
    await reader.isTouched(true)
    await button('signed_out.passkey.use').click()
    await refusal().waitFor()
    assert.include(await refusal().innerText(), said('signed_out.passkey.NotAllowedError'))
    await reader.recognises(true)
    await button('signed_out.passkey.use').click()
    await heading(page, 'account.title').waitFor()
  })

  test('at a bare address, the page says why there are no passkeys', async () => {
    await openAt(appAddress())
    await page.getByText(said('signed_out.passkey.no_name')).waitFor()
  })
})
