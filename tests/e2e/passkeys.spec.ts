import hash from '@adonisjs/core/services/hash'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type { Browser, CDPSession, Page } from 'playwright-core'
import { moveClock } from '#app/core/clock'
import { someone } from '#tests/acting'
import { openBrowser } from '#tests/browser'

const PASSWORD = 'trois-girafes-sous-la-pluie'
const PAGE = 'tests/e2e/passkeys_page.html'

interface Outcome {
  status?: number
  code?: string
  address?: string
  refusedByBrowser?: string
  data?: { state?: string; session?: { state: string }; recovery_codes?: string[] }
}

/** A page with our origin that only this test serves, in a browser with a device that has a fingerprint reader. */
async function openPage(browser: Browser, host = 'localhost') {
  const page = await browser.newPage()
  const address = `http://${host}:${process.env.PORT}/passkeys-of-a-test`
  await page.route(address, (route) => route.fulfill({ path: PAGE, contentType: 'text/html' }))
  await page.goto(address)
  const devices = await page.context().newCDPSession(page)
  await devices.send('WebAuthn.enable')
  const { authenticatorId } = await devices.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', automaticPresenceSimulation: true },
      ...{ hasResidentKey: true, hasUserVerification: true, isUserVerified: true },
    },
  })
  return { page, device: deviceOf(devices, authenticatorId) }
}

function deviceOf(devices: CDPSession, authenticatorId: string) {
  return {
    recognises: (isUserVerified: boolean) =>
      devices.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
    credentials: async () => (await devices.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
  }
}

/** Has the page do it. */
const does = (page: Page, expression: string) => page.evaluate(`outcome(${expression})`) as Promise<Outcome>

const signInByPassword = (page: Page, email: string) =>
  does(page, `call('POST', '/session', ${JSON.stringify({ email, password: PASSWORD })})`)

async function someoneWithPassword(role: string) {
  const user = await someone(role)
  await db
    .from('users')
    .where('id', user.id)
    .update({ password: await hash.make(PASSWORD) })
  return user
}

const STATUS = `call('GET', '/patients')`

test.group('Passkeys in a browser', (group) => {
  let browser: Browser
  group.setup(async () => {
    browser = await openBrowser()
    return () => browser.close()
  })
  group.each.teardown(() => moveClock(0))

  test('a doctor enrols one after the password, and from then on signs in and confirms by it', async ({ assert }) => {
    const user = await someoneWithPassword('doctor')
    const { page, device } = await openPage(browser)
    assert.equal((await signInByPassword(page, user.email!)).data?.state, 'enrolment')
    assert.deepInclude(await does(page, STATUS), { status: 403, code: 'enrolment_required' })

    const added = await does(page, `enrol('Téléphone')`)
    assert.equal(added.status, 201, JSON.stringify(added))
    assert.equal(added.data?.session?.state, 'complete')
    assert.lengthOf(added.data!.recovery_codes!, 10)
    assert.equal((await does(page, STATUS)).status, 200)
    const [credential] = await device.credentials()
    assert.equal(credential?.rpId, 'localhost')
    assert.isTrue(credential?.isResidentCredential)
    assert.equal(
      Buffer.from(credential!.userHandle!, 'base64').toString('hex'),
      user.uuid.replaceAll('-', ''),
      'the device keeps no name of ours'
    )
    assert.deepInclude(await does(page, `enrol('Encore')`), { refusedByBrowser: 'InvalidStateError' })

    assert.equal((await does(page, `call('DELETE', '/session')`)).status, 200)
    assert.equal((await does(page, STATUS)).status, 401)
    const signedIn = await does(page, `prove('/session/passkey')`)
    assert.equal(signedIn.status, 201, JSON.stringify(signedIn))
    assert.equal(signedIn.data?.state, 'complete')
    assert.equal((await does(page, STATUS)).status, 200)

    moveClock(10 * 60_000)
    const offer = `call('POST', '/me/passkeys/options', {})`
    assert.deepInclude(await does(page, offer), { status: 403, code: 'step_up_required' })
    assert.equal((await does(page, `prove('/session/passkey-confirmation')`)).status, 200)
    assert.equal((await does(page, offer)).status, 200)
    await page.close()
  })

  test('after a password, it is the second factor', async ({ assert }) => {
    const user = await someoneWithPassword('doctor')
    const { page } = await openPage(browser)
    await signInByPassword(page, user.email!)
    assert.equal((await does(page, `enrol('Téléphone')`)).status, 201)
    for (const path of ['/session/passkey-confirmation', '/session/passkey']) {
      assert.equal((await does(page, `call('DELETE', '/session')`)).status, 200)
      assert.equal((await signInByPassword(page, user.email!)).data?.state, 'second_factor')
      assert.equal((await does(page, STATUS)).status, 403)
      assert.equal((await does(page, `prove('${path}')`)).data?.state, 'complete')
      assert.equal((await does(page, STATUS)).status, 200)
    }
    await page.close()
  })

  test('a device that does not recognise its person opens nothing, whatever the page asks of it', async ({
    assert,
  }) => {
    const user = await someoneWithPassword('doctor')
    const { page, device } = await openPage(browser)
    await signInByPassword(page, user.email!)
    assert.equal((await does(page, `enrol('Téléphone')`)).status, 201)
    await device.recognises(false)
    assert.deepInclude(await does(page, `prove('/session/passkey')`), { refusedByBrowser: 'NotAllowedError' })
    const careless = `prove('/session/passkey', { userVerification: 'discouraged' })`
    assert.deepInclude(await does(page, careless), { status: 422, code: 'passkey_invalid' })
    await device.recognises(true)
    assert.equal((await does(page, `prove('/session/passkey')`)).status, 201, 'control')
    await page.close()
  })

  test('at a bare address, the page learns at which address they work', async ({ assert }) => {
    const { page } = await openPage(browser, '127.0.0.1')
    const named = `http://localhost:${process.env.PORT}`
    const refused = await does(page, `prove('/session/passkey')`)
    assert.deepInclude(refused, { status: 422, code: 'passkeys_need_a_name', address: named })
    await page.close()
  })
})
