import { test } from '@japa/runner'
import type { Page } from 'playwright-core'
import { issueChartCode } from '#app/links/issue_chart_code'
import type User from '#app/users/user'
import { callerOf } from '#tests/acting'
import { contextOf, inBrowser } from '#tests/e2e/app_browser'
import { button, heading, keepCodes, typeCode, typePassword } from '#tests/e2e/app_door'
import { said } from '#tests/e2e/app_texts'
import { ENGLISH_DESK, filled, FRENCH_PHONE, pictured, type Reader } from '#tests/e2e/pictured'
import { appAddress, signedIn } from '#tests/e2e/prepared_device'
import { anAccount } from '#tests/functional/accounts/some_account'
import { alignClock, clockAt, codeOf, giveGenerator } from '#tests/functional/factors/some_factor'
import { someDigits, somePatient } from '#tests/functional/patients/some_patient'

const TEN_MINUTES = 10 * 60_000
const READERS = [FRENCH_PHONE, ENGLISH_DESK]

async function openAs(user: User, path: string, reader: Reader = FRENCH_PHONE): Promise<Page> {
  const context = await contextOf(reader, { serviceWorkers: 'block' })
  await signedIn(context, user)
  const page = await context.newPage()
  await page.goto(appAddress(path))
  return page
}

const dialog = (page: Page) => page.getByRole('dialog')
const things = (page: Page) => page.locator('.account-things').first().locator('li')

/** What a program that shows this token is answered. */
async function statusOf(token: string): Promise<number> {
  const { origin } = new URL(appAddress())
  return (await fetch(`${origin}/api/v1/me`, { headers: { Authorization: `Bearer ${token}` } })).status
}

test.group('What opens an account', (group) => {
  inBrowser(group)
  group.each.setup(alignClock)

  test('a token is made by who confirms it, shown once, works until it is ended, and no longer')
    .with(READERS)
    .run(async ({ assert }, reader) => {
      const { language } = reader
      const user = await anAccount('doctor')
      const secret = await giveGenerator(user)
      const page = await openAs(user, 'me/tokens', reader)
      await heading(page, 'account.tokens.title', language).waitFor()
      clockAt(TEN_MINUTES)
      await page.locator('input[name=name]').fill('Agenda')
      await button(page, 'account.tokens.make', language).click()
      await dialog(page).locator('input[name=code]').waitFor()
      await pictured(assert, page, 'token-step-up', reader)
      await typeCode(page, codeOf(secret))
      await page.getByText(said('account.tokens.once', language)).waitFor()
      await pictured(assert, page, 'token-made', reader)
      const value = await page.locator('.account-value').innerText()
      assert.equal(await statusOf(value), 200)
      await button(page, 'account.tokens.seen', language).click()
      await page.locator('.account-value').waitFor({ state: 'detached' })

      await button(page, 'account.tokens.end', language).click()
      await dialog(page)
        .getByText(filled('account.tokens.end_sure', { name: 'Agenda' }, language))
        .waitFor()
      await pictured(assert, page, 'token-end', reader)
      await dialog(page).locator('.button-danger').click()
      await things(page).first().waitFor({ state: 'detached' })
      await pictured(assert, page, 'token-ended', reader)
      assert.equal(await statusOf(value), 401)
    })

  test('new recovery codes: the former ones are refused, and each of the new ones lets in once', async ({ assert }) => {
    const user = await anAccount('doctor')
    const secret = await giveGenerator(user)
    const page = await openAs(user, 'me/security')
    const codes: string[][] = []
    for (const minutes of [1, 2]) {
      clockAt(minutes * TEN_MINUTES)
      await button(page, 'account.recovery.renew').click()
      await dialog(page).locator('.button-danger').click()
      await typeCode(page, codeOf(secret))
      await heading(page, 'account.recovery.title').waitFor()
      assert.equal(await page.evaluate('scrollY'), 0, 'that they are shown once stands at the top')
      assert.equal(await page.evaluate('document.activeElement.textContent'), said('account.recovery.title'))
      codes.push(await page.locator('.account-codes li').allInnerTexts())
      if (minutes === 2) await pictured(assert, page, 'recovery-codes')
      await keepCodes(page)
      await page.getByText('Il reste 10 codes').waitFor()
    }
    await pictured(assert, page, 'recovery-left')
    const [former, present] = codes as [string[], string[]]
    await page.goto(appAddress('me'))

    const enter = async (code: string) => {
      await button(page, 'account.sign_out').click()
      await typePassword(page, user.email!)
      await button(page, 'signed_out.recovery.instead').click()
      await page.locator('input[name=recovery_code]').fill(code)
      await button(page, 'signed_out.code.submit').click()
    }
    await enter(former[0]!)
    await page.locator('.field-error').waitFor()
    await pictured(assert, page, 'recovery-refused')
    await page.locator('input[name=recovery_code]').fill(present[0]!)
    await button(page, 'signed_out.code.submit').click()
    await heading(page, 'account.title').waitFor()
    await enter(present[0]!)
    await page.locator('.field-error').waitFor()
    await page.locator('input[name=recovery_code]').fill(present[1]!)
    await button(page, 'signed_out.code.submit').click()
    await heading(page, 'account.title').waitFor()
    await page.goto(appAddress('me/security'))
    await page.getByText('Il reste 8 codes').waitFor()
  })

  test('sessions in other browsers are ended one by one and all at once, and this one goes on')
    .with(READERS)
    .run(async ({ assert }, reader) => {
      const { language } = reader
      const user = await anAccount('patient')
      const others = [await openAs(user, 'me'), await openAs(user, 'me'), await openAs(user, 'me')]
      for (const other of others) await heading(other, 'account.title').waitFor()
      const page = await openAs(user, 'me/sessions', reader)
      await things(page).nth(3).waitFor()
      await pictured(assert, page, 'sessions', reader)
      await button(page, 'account.sessions.end', language).first().click()
      await pictured(assert, page, 'sessions-end', reader)
      await dialog(page).locator('.button-danger').click()
      await things(page).nth(3).waitFor({ state: 'detached' })
      const isOver = async (other: Page) => {
        await other.reload()
        const out = heading(other, 'signed_out.sign_in.title')
        await out.or(heading(other, 'account.title')).waitFor()
        return (await out.count()) === 1
      }
      assert.sameMembers(await Promise.all(others.map(isOver)), [true, false, false])

      await button(page, 'account.sessions.end_others', language).click()
      await dialog(page).locator('.button-danger').click()
      await things(page).nth(1).waitFor({ state: 'detached' })
      await pictured(assert, page, 'sessions-ended', reader)
      assert.deepEqual(await Promise.all(others.map(isOver)), [true, true, true])
      await page.reload()
      await page.getByText(said('account.sessions.this_one', language)).waitFor()
    })

  test(
    'a patient links their chart by the code of the desk; a wrong one is refused, and says of nothing that it exists'
  )
    .with(READERS)
    .run(async ({ assert }, reader) => {
      const { language } = reader
      const nationalId = someDigits()
      const { uuid } = await somePatient({ national_id: nationalId })
      const { value: code } = await issueChartCode(callerOf(), { patient_id: uuid })
      const user = await anAccount('patient')
      const page = await openAs(user, 'me', reader)
      const way = page.locator('main a[href="/app/me/chart"]')
      await way.waitFor()
      await page.goto(appAddress())
      await page.getByText(said('own_chart.not_linked.title', language)).waitFor()
      await pictured(assert, page, 'chart-not-linked', reader)
      await page.getByRole('link', { name: said('own_chart.link', language), exact: true }).click()
      await heading(page, 'account.chart.title', language).waitFor()
      const wrong = `${code!.slice(0, -1)}${code!.endsWith('C') ? 'D' : 'C'}`
      const words: string[] = []
      for (const [id, typed] of [
        [nationalId, wrong],
        [someDigits(), code!],
      ] as const) {
        await page.locator('input[name=national_id]').fill(id)
        await page.locator('input[name=dob]').fill('1988-04-02')
        await page.locator('input[name=code]').fill(typed)
        const answered = page.waitForResponse((response) => response.url().endsWith('/api/v1/me/chart'))
        await button(page, 'account.chart.submit', language).click()
        await answered
        await page.locator('.banner-danger').waitFor()
        words.push(await page.locator('main').innerText())
      }
      assert.equal(words[0], words[1])
      await pictured(assert, page, 'chart-refused', reader)

      await page.locator('input[name=national_id]').fill(nationalId)
      await page.locator('input[name=code]').fill(code!.toLowerCase().replace('-', ' '))
      await button(page, 'account.chart.submit', language).click()
      await page.getByText(said('account.chart.done', language)).waitFor()
      await pictured(assert, page, 'chart-linked', reader)
      await page
        .locator('main')
        .getByRole('link', { name: said('common.nav.own_chart', language) })
        .click()
      await page.getByText('Diallo', { exact: false }).first().waitFor()
      await pictured(assert, page, 'chart-own', reader)
      await page.goto(appAddress('me'))
      await heading(page, 'account.title', language).waitFor()
      assert.equal(await way.count(), 0, 'a chart is linked once')
    })
})
