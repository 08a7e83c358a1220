import { listMailFiles } from '#app/mails/mail_files'
import { deliverMails } from '#app/mails/deliver_mails'
import type { Page } from 'playwright-core'
import { PASSWORD } from '#tests/functional/accounts/some_account'
import { callerOf } from '#tests/acting'
import { said, type AppLanguage } from '#tests/e2e/app_texts'

/** The app at a name, where passkeys work. */
export const namedAddress = (path = '') => `http://localhost:${process.env.PORT}/app/${path}`

export const heading = (page: Page, key: string, language: AppLanguage = 'fr') =>
  page.getByRole('heading', { level: 1, name: said(key, language), exact: true })

export const button = (page: Page, key: string, language: AppLanguage = 'fr') =>
  page.getByRole('button', { name: said(key, language), exact: true })

export async function typePassword(page: Page, email: string, password = PASSWORD): Promise<void> {
  await page.locator('input[name=email]').fill(email)
  await page.locator('input[name=password]').fill(password)
  await page.locator('form button[type=submit]').click()
}

export async function typeCode(page: Page, code: string): Promise<void> {
  await page.locator('input[name=code]').fill(code)
  await page.locator('form:has(input[name=code]) button[type=submit]').click()
}

/** Says that the codes for an emergency are on paper, once they are shown. */
export async function keepCodes(page: Page): Promise<void> {
  await heading(page, 'account.recovery.title').waitFor()
  await page.getByLabel(said('account.recovery.kept')).check()
  await page.getByRole('button', { name: said('common.go_on') }).click()
}

/** The path of the app's link in the newest mail to this address, which lies as a file. */
export async function mailedPath(address: string): Promise<string> {
  await deliverMails()
  const mails = await listMailFiles(callerOf(), { limit: 50 })
  const mail = mails.find(({ to }) => to.includes(address))
  const [, path] = /\/app\/(\S+#[\w-]+)/.exec(mail?.text ?? '') ?? []
  if (!path) throw new Error(`No link in a mail to ${address}`)
  return path
}

/** A device in the page's machine that knows its person, as a phone with a fingerprint reader does. */
export async function giveReader(page: Page) {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', automaticPresenceSimulation: true },
      ...{ hasResidentKey: true, hasUserVerification: true, isUserVerified: true },
    },
  })
  return {
    recognises: (isUserVerified: boolean) =>
      devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
    /** Whether somebody touches it whenever it is asked. */
    isTouched: (enabled: boolean) =>
      devtools.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled }),
  }
}
