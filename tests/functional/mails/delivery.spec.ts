import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { endLinks, makeLink, takeLink, type LinkPurpose } from '#app/accounts/account_link'
import { moveClock } from '#app/core/clock'
import { deliverMails } from '#app/mails/deliver_mails'
import Mail from '#app/mails/mail'
import { takeMail } from '#app/mails/mail_queue'
import { MailRecalled, prepareMail } from '#app/mails/prepare_mail'
import { queueMail } from '#app/mails/queue_mail'
import { createUser } from '#app/users/create_user'
import User from '#app/users/user'
import { callerOf, someone } from '#tests/acting'
import { forgetFailures, linkIn, mailboxOf, queued, rowOf, someAddress } from '#tests/functional/mails/mailbox'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

const take = (value: string, purpose: LinkPurpose) => db.transaction((trx) => takeLink(value, purpose, trx))

class Refused extends Error {
  constructor(
    readonly code: string,
    readonly command = 'CONN',
    readonly responseCode?: number
  ) {
    super('550 <somebody@example.org> does not live here')
  }
}

test.group('A mail', (group) => {
  group.teardown(forgetFailures)
  group.each.setup(() => () => moveClock(0))

  test('is not sent when what it tells of did not happen', async ({ assert }) => {
    const address = someAddress()
    const { mails, transport } = mailboxOf(address)
    const undone = db.transaction(async (trx) => {
      await queueMail({ kind: 'no_account', userId: null, recipient: address, language: 'fr' }, trx)
      throw new Error('undone')
    })
    await assert.rejects(() => undone, 'undone')
    await deliverMails({ transport })
    assert.lengthOf(mails, 0)
  })

  test('is sent once by four that send at the same moment, and its address is forgotten', async ({ assert }) => {
    const address = someAddress()
    const ids = [await queued(address), await queued(address), await queued(address)]
    const { mails, transport } = mailboxOf(address)
    await Promise.all([1, 2, 3, 4].map(() => deliverMails({ transport })))
    await deliverMails({ transport })
    assert.lengthOf(mails, 3)
    assert.equal(new Set(mails.map(({ uuid }) => uuid)).size, 3)
    for (const id of ids) {
      const { state, recipient, sent_at: sentAt, error } = await rowOf(id)
      assert.deepEqual({ state, recipient, error }, { state: 'sent', recipient: null, error: null })
      assert.isNotNull(sentAt)
    }
  })

  test('leaves before one that was queued later', async ({ assert }) => {
    const address = someAddress()
    const { mails, transport } = mailboxOf(address)
    await queued(address, { kind: 'no_account' })
    moveClock(10)
    await queued(address, { kind: 'password_changed' })
    moveClock(20)
    await deliverMails({ transport })
    assert.deepEqual(
      mails.map(({ message }) => message.subject),
      ['MedInfo : aucun compte à cette adresse', 'MedInfo : votre mot de passe a changé']
    )
  })

  test('is sent again when a process died between sending and saying so, and not before its lease is over', async ({
    assert,
  }) => {
    const address = someAddress()
    const id = await queued(address)
    const { mails, transport } = mailboxOf(address)
    let died: () => void
    const dying = new Promise<void>((resolve) => (died = resolve))
    const neverSays = {
      send: (mail: never) =>
        transport
          .send(mail)
          .then(died)
          .then(() => new Promise<void>(() => {})),
    }
    void deliverMails({ transport: neverSays })
    await dying
    await deliverMails({ transport })
    assert.lengthOf(mails, 1)
    assert.equal((await rowOf(id)).state, 'sending')
    moveClock(5 * MINUTE + 1_000)
    await deliverMails({ transport })
    assert.lengthOf(mails, 2)
    assert.deepInclude(await rowOf(id), { state: 'sent', recipient: null, attempts: 2 })
  })

  test('is not marked by one who took it too long ago', async ({ assert }) => {
    const address = someAddress()
    const id = await queued(address)
    let goOn: () => void
    let isHeld: () => void
    const held = new Promise<void>((resolve) => (isHeld = resolve))
    const slow = mailboxOf(address, async () => {
      isHeld()
      await new Promise<void>((resolve) => (goOn = resolve))
      throw new Refused('EENVELOPE', 'RCPT TO', 550)
    })
    const first = deliverMails({ transport: slow.transport })
    await held
    moveClock(6 * MINUTE)
    const { mails, transport } = mailboxOf(address)
    await deliverMails({ transport })
    goOn!()
    await first
    assert.lengthOf(mails, 1)
    assert.equal((await rowOf(id)).state, 'sent')
  })

  test('waits longer after each failure, and fails after three days', async ({ assert }) => {
    const address = someAddress()
    const id = await queued(address)
    const tries: number[] = []
    const { transport } = mailboxOf(address, () => {
      tries.push(moved)
      throw new Refused('ESOCKET')
    })
    let moved = 0
    for (; moved <= 80 * HOUR; moved += moved < 15 * MINUTE ? MINUTE : 20 * MINUTE) {
      // The minutes stand exactly on what is due; a little after them.
      moveClock(moved + 30_000)
      await deliverMails({ transport })
    }
    const { state, recipient, error, attempts } = await rowOf(id)
    assert.deepEqual({ state, recipient, error }, { state: 'failed', recipient: null, error: 'unreachable' })
    assert.deepEqual(tries.slice(0, 4), [0, MINUTE, 3 * MINUTE, 7 * MINUTE])
    assert.equal(attempts, tries.length)
    assert.isAbove(tries.length, 15)
    const last = tries.at(-1)!
    assert.isBelow(last, 72 * HOUR)
    assert.isAbove(last, 60 * HOUR)
  }).timeout(60_000)

  test('keeps nothing of what the server said of the address', async ({ assert }) => {
    const address = someAddress()
    const id = await queued(address)
    const { transport } = mailboxOf(address, () => {
      throw new Refused('EENVELOPE', 'RCPT TO', 550)
    })
    await deliverMails({ transport })
    const row = await rowOf(id)
    assert.deepInclude(row, { state: 'failed', error: 'recipient_refused', recipient: null, attempts: 1 })
    assert.notInclude(JSON.stringify(row), 'example.org')
  })

  test('does not hold up the next one when it fails', async ({ assert }) => {
    const [refused, taken] = [someAddress(), someAddress()]
    await queued(refused)
    await queued(taken)
    const { mails, transport } = mailboxOf(taken)
    const both = {
      send: async (mail: Parameters<typeof transport.send>[0]) => {
        if (mail.recipient === refused) throw new Refused('EENVELOPE', 'RCPT TO', 550)
        return transport.send(mail)
      },
    }
    await deliverMails({ transport: both })
    assert.lengthOf(mails, 1)
  })

  test('stops between two mails when it is asked to', async ({ assert }) => {
    const address = someAddress()
    const id = await queued(address)
    const { mails, transport } = mailboxOf(address)
    await deliverMails({ transport, isStopping: () => true })
    assert.lengthOf(mails, 0)
    assert.equal((await rowOf(id)).state, 'waiting')
    await deliverMails({ transport })
    assert.lengthOf(mails, 1)
  })
})

test.group('The link in a mail', (group) => {
  group.teardown(forgetFailures)
  group.each.setup(() => () => moveClock(0))

  test('works, and its value is kept nowhere', async ({ assert }) => {
    const user = await someone('nurse')
    const id = await queued(user.email!, { kind: 'password_reset', user })
    const { mails, transport } = mailboxOf(user.email!)
    await deliverMails({ transport })
    const value = linkIn(mails[0]!)
    assert.match(value, /^[\w-]{43}$/)
    const kept = JSON.stringify([await rowOf(id), await db.from('account_links').where('user_id', user.id)])
    assert.notInclude(kept, value)
    const { userId, purpose } = await take(value, 'password_reset')
    assert.deepEqual({ userId: Number(userId), purpose }, { userId: user.id, purpose: 'password_reset' })
    await assert.rejects(() => take(value, 'password_reset'))
  })

  test('is made for many addresses at the same moment, none in the way of another', async ({ assert }) => {
    const made = await Promise.all(
      Array.from({ length: 20 }, () => {
        const meant = { purpose: 'password_reset', userId: null, email: someAddress(), language: 'fr' } as const
        return db.transaction((trx) => makeLink(meant, trx))
      })
    )
    assert.lengthOf(new Set(made), 20)
  })

  test('ends that of the former mail', async ({ assert }) => {
    const user = await someone('nurse')
    const { mails, transport } = mailboxOf(user.email!)
    for (const _ of [1, 2]) {
      await queued(user.email!, { kind: 'password_reset', user })
      await deliverMails({ transport })
    }
    await assert.rejects(() => take(linkIn(mails[0]!), 'password_reset'))
    await take(linkIn(mails[1]!), 'password_reset')
  })

  test('is good from when the mail leaves, not from when it was asked for', async ({ assert }) => {
    const user = await someone('nurse')
    await queued(user.email!, { kind: 'password_reset', user })
    const { mails, transport } = mailboxOf(user.email!)
    moveClock(5 * HOUR)
    await deliverMails({ transport })
    moveClock(5 * HOUR + 59 * MINUTE)
    assert.exists(await take(linkIn(mails[0]!), 'password_reset'))
  })

  test('that is ended while its mail cannot be sent does not come with the next attempt', async ({ assert }) => {
    const [user, address] = [await someone('nurse'), someAddress()]
    const id = await queued(address, { kind: 'email_change', user })
    const { transport } = mailboxOf(address, async () => {
      await db.transaction((trx) => endLinks(user.id, ['email_change'], trx))
      throw new Refused('ECONNECTION')
    })
    await deliverMails({ transport })
    moveClock(HOUR)
    const later = mailboxOf(address)
    await deliverMails({ transport: later.transport })
    assert.lengthOf(later.mails, 0)
    assert.deepInclude(await rowOf(id), { state: 'recalled', recipient: null })
    assert.lengthOf(await db.from('account_links').where('user_id', user.id), 0)
  })

  test('is not made any more once its mail was recalled', async ({ assert }) => {
    const [user, address] = [await someone('nurse'), someAddress()]
    const mail = await Mail.findOrFail(await queued(address, { kind: 'email_change', user }))
    assert.isTrue(await takeMail(mail))
    await db.transaction((trx) => endLinks(user.id, ['email_change'], trx))
    await assert.rejects(() => prepareMail(mail), MailRecalled)
    assert.lengthOf(await db.from('account_links').where('user_id', user.id), 0)
  })

  test('is not made for an account that was closed meanwhile; that it was closed is told', async ({ assert }) => {
    const user = await someone('nurse')
    const invitation = await queued(user.email!, { kind: 'invitation', user })
    const closed = await queued(user.email!, { kind: 'account_closed', user })
    await User.query().where('id', user.id).update({ disabled_at: '2026-01-01 00:00:00.000' })
    const { mails, transport } = mailboxOf(user.email!)
    await deliverMails({ transport })
    assert.deepInclude(await rowOf(invitation), { state: 'failed', error: 'account_closed', recipient: null })
    assert.equal((await rowOf(closed)).state, 'sent')
    assert.lengthOf(mails, 1)
    assert.lengthOf(await db.from('account_links').where('user_id', user.id), 0)
  })
})

test.group('Who is named in a mail', () => {
  const sentTo = async (user: User, address = user.email!) => {
    await queued(address, { kind: 'email_changed', user })
    const { mails, transport } = mailboxOf(address)
    await deliverMails({ transport })
    return JSON.stringify(mails[0]!.message)
  }

  test('a patient is not, so that a mailbox tells nobody who is treated here', async ({ assert }) => {
    const user = await createUser(callerOf(), { name: 'Ndeye Patiente', email: someAddress(), roles: ['patient'] })
    assert.notInclude(await sentTo(user), 'Patiente')
  })

  test('somebody without a role is not', async ({ assert }) => {
    const user = await createUser(callerOf(), { name: 'Sans Rôle', email: someAddress() })
    assert.notInclude(await sentTo(user), 'Sans')
  })

  test('nobody is, at an address that is not theirs', async ({ assert }) => {
    const user = await createUser(callerOf(), { name: 'Awa Infirmière', email: someAddress(), roles: ['nurse'] })
    assert.notInclude(await sentTo(user, someAddress()), 'Infirmière')
    assert.include(await sentTo(user), 'Bonjour Awa Infirmière,')
  })

  test('is written to in the language of the mail', async ({ assert }) => {
    const address = someAddress()
    await queued(address, { language: 'en' })
    const { mails, transport } = mailboxOf(address)
    await deliverMails({ transport })
    assert.equal(mails[0]!.message.subject, 'MedInfo: no account at this address')
  })
})
