import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { sweepLinks } from '#app/accounts/account_link'
import { moveClock, now } from '#app/core/clock'
import { anAddress, backToNow, linkTo } from '#tests/functional/accounts/some_account'

const HOUR = 3_600_000

test.group('Links of mails that are over', (group) => {
  group.each.teardown(backToNow)

  test('are forgotten with the address that they went to, and no others', async ({ assert }) => {
    const [over, good] = [anAddress(), anAddress()]
    await linkTo('password_reset', over)
    await linkTo('registration', good)
    moveClock(2 * HOUR)
    assert.isAtLeast(await sweepLinks(now(), db.connection()), 1)
    const left = await db.from('account_links').whereIn('email', [over, good])
    assert.deepEqual(
      left.map(({ email }) => email),
      [good]
    )
  })
})
