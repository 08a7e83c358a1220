import { rm } from 'node:fs/promises'
import { test } from '@japa/runner'
import type { Page } from 'playwright-core'
import { mailsFolder } from '#start/env'
import { DESKTOP, PHONE, pictureOf } from '#tests/browser'
import { inBrowser, newContext } from '#tests/e2e/app_browser'
import { button, giveReader, heading, keepCodes, mailedPath, namedAddress, typeCode } from '#tests/e2e/app_door'
import { said } from '#tests/e2e/app_texts'
import {
  appAddress,
  overflow,
  preparedDevice,
  seriousFindings,
  signedIn,
  unlock,
  visit,
} from '#tests/e2e/prepared_device'
import { anAccount, anAddress, OTHER_PASSWORD, PASSWORD } from '#tests/functional/accounts/some_account'
import { alignClock, clockAt, codeOf, giveGenerator } from '#tests/functional/factors/some_factor'
import type User from '#app/users/user'

const TEN_MINUTES = 10 * 60_000

async function openAs(user: User, path: string, options = {}): Promise<Page> {
  const context = await newContext({ viewport: PHONE, serviceWorkers: 'block', ...options })
  await signedIn(context, user)
  const page = await context.newPage()
  await page.goto(appAddress(path))
  return page
}

test.group('The own account in the app', (group) => {
  inBrowser(group)
  group.each.setup(alignClock)
  group.each.teardown(() => rm(mailsFolder(), { recursive: true, force: true }))

  test('what is sensitive asks who it is, and then does what was asked for', async ({ assert }) => {
    const user = await anAccount('doctor')
    const secret = await giveGenerator(user)
    const page = await openAs(user, 'me/tokens')
    await heading(page, 'account.tokens.title').waitFor()
    clockAt(TEN_MINUTES)
    await page.locator('input[name=name]').fill('Agenda')
    await button(page, 'account.tokens.make').click()
    const dialog = page.getByRole('dialog')
    await dialog.locator('input[name=code]').waitFor()
    await typeCode(page, '000000')
    await dialog.locator('.field-error').waitFor()
    await typeCode(page, codeOf(secret))
    await page.getByText(said('account.tokens.once')).waitFor()
    assert.match(await page.locator('.account-value').innerText(), /^\S{20,}$/)
    await page.reload()
    await page.getByText('Agenda').waitFor()
    assert.equal(await page.locator('.account-value').count(), 0, 'shown this once')
  })

  test('who would rather not confirm is told so, and nothing is done', async ({ assert }) => {
    const user = await anAccount('doctor')
    await giveGenerator(user)
    const page = await openAs(user, 'me/tokens')
    await heading(page, 'account.tokens.title').waitFor()
    clockAt(TEN_MINUTES)
    await page.locator('input[name=name]').fill('Agenda')
    await button(page, 'account.tokens.make').click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: said('common.close') })
      .click()
    await page.locator('.banner-danger').waitFor()
    assert.equal(await page.locator('.account-things li').count(), 0)
  })

  test('a session that is ended elsewhere is over at the next step', async ({ assert }) => {
    const user = await anAccount('patient')
    const lost = await openAs(user, 'me')
    await heading(lost, 'account.title').waitFor()
    const page = await openAs(user, 'me/sessions')
    await page.locator('.account-things li').nth(1).waitFor()
    await button(page, 'account.sessions.end').click()
    await page.getByRole('dialog').locator('.button-danger').click()
    await page.locator('.account-things li').nth(1).waitFor({ state: 'detached' })
    await lost.getByRole('link', { name: said('account.security.title') }).click()
    await heading(lost, 'signed_out.sign_in.title').waitFor()
    assert.equal(await page.locator('.account-things').first().locator('li').count(), 1)
  })

  test('the language changes at once, and mails follow it', async ({ assert }) => {
    const user = await anAccount('patient')
    const page = await openAs(user, 'me')
    await page.getByLabel('English').check()
    await heading(page, 'account.title', 'en').waitFor()
    await page.getByRole('link', { name: said('account.profile.title', 'en') }).click()
    const email = anAddress()
    await page.locator('input[name=email]').fill(email)
    await button(page, 'account.email.submit', 'en').click()
    await page.locator('.banner-success').waitFor()
    await user.refresh()
    assert.equal(user.language, 'en')
    const path = await mailedPath(email)
    await page.goto(appAddress(path))
    await button(page, 'signed_out.email_change.submit', 'en').click()
    await page.locator('.banner-success').waitFor()
    await user.refresh()
    assert.equal(user.email, email)
  })

  test('a new password keeps this session; a wrong one is refused at its field', async ({ assert }) => {
    const page = await openAs(await anAccount('patient'), 'me/password')
    await page.locator('input[name=current-password]').fill('ce-n-est-pas-le-bon')
    await page.locator('input[name=new-password]').fill(OTHER_PASSWORD)
    await button(page, 'account.password.submit').click()
    await page.locator('.banner-danger').waitFor()
    await page.locator('input[name=current-password]').fill(PASSWORD)
    await button(page, 'account.password.submit').click()
    await page.locator('.banner-success').waitFor()
    await visit(page, 'me/sessions')
    await page.locator('.account-things li').first().waitFor()
    assert.equal(await page.locator('.account-things').first().locator('li').count(), 1)
  })

  test('what one person keeps on a device is not open to another who signs in there', async ({ assert }) => {
    const owner = await anAccount('nurse')
    const context = await newContext({ viewport: PHONE })
    const page = await preparedDevice(context, owner)
    await signedIn(context, await anAccount('nurse'))
    await page.reload()
    await unlock(page)
    await heading(page, 'signed_out.somebody_else.title').waitFor()
    assert.include(await page.locator('main').innerText(), owner.name)
    await button(page, 'signed_out.somebody_else.sign_out').click()
    await page.locator('.shell-nav').waitFor()
  })

  test('a passkey is added, named anew and taken away', async () => {
    const user = await anAccount('doctor')
    await giveGenerator(user)
    const context = await newContext({ viewport: PHONE, serviceWorkers: 'block' })
    await signedIn(context, user, namedAddress())
    const page = await context.newPage()
    await giveReader(page)
    await page.goto(namedAddress('me/security'))
    await page.locator('input[name=passkey-name]').fill('Téléphone')
    await button(page, 'account.passkeys.add').click()
    await keepCodes(page)
    await page.getByText('Téléphone', { exact: true }).waitFor()
    await button(page, 'account.passkeys.rename').click()
    await page.getByRole('dialog').locator('input[name=name]').fill('Clé bleue')
    await page.getByRole('dialog').locator('button[type=submit]').click()
    await page.getByText('Clé bleue', { exact: true }).waitFor()
    await button(page, 'common.delete').click()
    await page.getByRole('dialog').locator('.button-danger').click()
    await page.getByText('Clé bleue', { exact: true }).waitFor({ state: 'detached' })
  })
})

const OUTSIDE = [
  'sign-in',
  'forgotten',
  'register',
  'invitation#a',
  'registration#a',
  'password-reset#a',
  'email-change#a',
]
const INSIDE = ['me', 'me/profile', 'me/security', 'me/password', 'me/sessions', 'me/tokens', 'me/chart', 'me/closure']
const nameOf = (path: string) => `app-${path.replace(/#.*/, '').replace('/', '-')}`

test.group('Screens of signing in and of the account', (group) => {
  inBrowser(group)

  test('fit a phone and a desk, light and dark, and axe finds nothing serious')
    .with([
      { viewport: PHONE, colorScheme: 'light', as: 'phone' },
      { viewport: DESKTOP, colorScheme: 'dark', as: 'desk' },
    ] as const)
    .run(async ({ assert }, { as, ...options }) => {
      const user = await anAccount('doctor')
      await giveGenerator(user)
      const inside = await openAs(user, 'me', options)
      const context = await newContext({ ...options, serviceWorkers: 'block' })
      const outside = await context.newPage()
      for (const [page, paths] of [
        [outside, OUTSIDE],
        [inside, INSIDE],
      ] as const)
        for (const path of paths) {
          await page.goto('about:blank')
          await page.goto(appAddress(path))
          await page.locator('h1').waitFor()
          await page.waitForLoadState('networkidle')
          await page.screenshot({ path: await pictureOf(`${nameOf(path)}-${as}`), fullPage: true })
          assert.deepEqual(await seriousFindings(page), [], path)
          assert.isAtMost(await overflow(page), 0, path)
        }
    })

  test('have a strong contrast for whoever asks for it, and axe agrees', async ({ assert }) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await openAs(await anAccount('patient'), 'me', { colorScheme })
      await page.getByLabel(said('account.display.contrast.more')).check()
      await page.screenshot({ path: await pictureOf(`app-me-contrast-${colorScheme}`), fullPage: true })
      assert.equal(await page.locator('html').getAttribute('data-contrast'), 'more')
      assert.deepEqual(await seriousFindings(page), [])
    }
  })

  test('are worked by keys alone: the first leads to the content, and a new screen has the focus', async ({
    assert,
  }) => {
    const page = await openAs(await anAccount('patient'), 'me')
    await heading(page, 'account.title').waitFor()
    await page.keyboard.press('Tab')
    assert.equal(await page.evaluate('document.activeElement.textContent'), said('common.skip'))
    await page.keyboard.press('Enter')
    assert.equal(await page.evaluate('document.activeElement.id'), 'content')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await heading(page, 'account.profile.title').waitFor()
    assert.equal(await page.evaluate('document.activeElement.textContent'), said('account.profile.title'))
    assert.equal(await page.title(), `${said('account.profile.title')} · MedInfo`)
  })
})
