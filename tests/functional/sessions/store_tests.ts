import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { moveClock, now } from '#app/core/clock'
import { newUuid } from '#app/core/ids'
import { beginSession, renewSession } from '#app/sessions/begin_session'
import { endSessionsOf } from '#app/sessions/end_sessions'
import { findLiveSession, liveSessionsOf, liveSessionsOfAll } from '#app/sessions/live_sessions'
import { LIFE_MS } from '#app/sessions/session_life'
import type { KeptSession } from '#app/sessions/session_store'
import { sessionStore } from '#app/sessions/sessions'
import { hashOfValue } from '#app/sessions/session_value'
import { writeLastSeen } from '#app/sessions/verify_session'
import type User from '#app/users/user'
import { callerOf, someone } from '#tests/acting'
import { medinfo } from '#tests/functional/cli/medinfo'
import { asBrowser, SESSION, signIn, somebody, standing } from '#tests/functional/sessions/browser'

const MINUTE = 60_000

const begun = (user: User) => beginSession({ user, withFactor: true }, callerOf(user), db.connection())
const uuidsOf = async (user: User) => (await liveSessionsOf(user, undefined, db.connection())).map(({ uuid }) => uuid)

class Rolled extends Error {}

/** Does it in a transaction that is rolled back. */
async function rolledBack(work: (trx: Awaited<ReturnType<typeof db.transaction>>) => Promise<unknown>) {
  const trx = await db.transaction()
  try {
    await work(trx)
    throw new Rolled()
  } catch (error) {
    await trx.rollback()
    if (!(error instanceof Rolled)) throw error
  }
}

/** What holds wherever sessions are kept; `dump` is all that a thief of the store would read. */
export function sessionTests(name: string, { setup, dump }: { setup(): () => void; dump(): Promise<string[]> }) {
  test.group(`Sessions kept in ${name}`, (group) => {
    group.setup(setup)
    group.each.teardown(() => moveClock(0))

    test('are there after signing in, and gone after signing out', async ({ client, assert }) => {
      const user = await somebody('patient')
      const [one, other] = [await signIn(client, user.email!), await signIn(client, user.email!)]
      const session = await sessionStore().find(hashOfValue(one.value!), db.connection())
      assert.equal(session?.uuid, one.body().data.id)
      assert.equal((await asBrowser(client, one.value!, 'delete', SESSION)).status(), 200)
      assert.equal(await standing(client, one.value!), '401 session_over')
      assert.equal(await standing(client, other.value!), '200')
      assert.isNull(await sessionStore().find(hashOfValue(one.value!), db.connection()))
    })

    test('come back as they were kept', async ({ assert }) => {
      const user = await someone('nurse')
      const caller = { ...callerOf(user), ip: '2001:db8::7', userAgent: 'été' }
      for (const withFactor of [true, false]) {
        const { session } = await beginSession({ user, withFactor }, caller, db.connection())
        const kept = await sessionStore().find(session.hash, db.connection())
        assert.deepEqual(kept, session)
        assert.deepEqual(await sessionStore().findOf(user.id, session.uuid, db.connection()), kept)
        assert.isNull(await sessionStore().findOf(user.id + 1, session.uuid, db.connection()))
      }
      assert.isNull(await sessionStore().findOf(user.id, newUuid(), db.connection()))
    })

    test('stand under their new value alone', async ({ client, assert }) => {
      const user = await someone('nurse')
      const former = await begun(user)
      const { value } = await renewSession(former.session, {}, db.connection())
      assert.equal(await standing(client, former.value), '401 session_over')
      assert.equal(await standing(client, value), '200')
      assert.deepEqual(await uuidsOf(user), [former.session.uuid])
    })

    test('end idle after half an hour, and at last after twelve', async ({ client, assert }) => {
      const { value } = await begun(await someone('nurse'))
      moveClock(29 * MINUTE)
      assert.equal(await standing(client, value), '200')
      await writeLastSeen()
      moveClock(58 * MINUTE)
      assert.equal(await standing(client, value), '200')
      moveClock(59 * MINUTE)
      assert.equal(await standing(client, value), '401 session_over')
      moveClock(0)
      const lasting = await begun(await someone('nurse'))
      const seenAt = async (at: number) => {
        moveClock(at)
        await sessionStore().touch(new Map([[lasting.session.hash, now()]]), db.connection())
        return standing(client, lasting.value)
      }
      assert.equal(await seenAt(LIFE_MS - MINUTE), '200')
      assert.equal(await seenAt(LIFE_MS), '401 session_over')
    })

    test('that are over are not brought back by having been seen', async ({ client, assert }) => {
      const user = await someone('nurse')
      const { session, value } = await begun(user)
      await sessionStore().end(session, db.connection())
      await sessionStore().touch(new Map([[session.hash, now()]]), db.connection())
      assert.isNull(await sessionStore().find(session.hash, db.connection()))
      assert.equal(await standing(client, value), '401 session_over')
      assert.deepEqual(await uuidsOf(user), [])
    })

    test('that end while they are given another value are over under both', async ({ client, assert }) => {
      const user = await someone('nurse')
      const [early, late] = [await begun(user), await begun(user)]
      await sessionStore().end(early.session, db.connection())
      const revived = await renewSession(early.session, {}, db.connection())
      const renewed = await renewSession(late.session, {}, db.connection())
      assert.equal(await standing(client, renewed.value), '200', 'control')
      await sessionStore().end(late.session, db.connection())
      for (const { value } of [early, late, revived, renewed])
        assert.equal(await standing(client, value), '401 session_over')
      assert.deepEqual(await uuidsOf(user), [])
    })

    test('are ended one by one, all but one, or all by a new epoch', async ({ client, assert }) => {
      const [user, other] = [await someone('nurse'), await someone('nurse')]
      const [own, one, two, three] = [await begun(user), await begun(user), await begun(user), await begun(user)]
      const stranger = await begun(other)
      await asBrowser(client, own.value, 'delete', `/api/v1/me/sessions/${one.session.uuid}`)
      assert.sameMembers(await uuidsOf(user), [own.session.uuid, two.session.uuid, three.session.uuid])
      assert.deepEqual((await asBrowser(client, own.value, 'delete', '/api/v1/me/sessions')).body().data, { ended: 2 })
      assert.deepEqual(await uuidsOf(user), [own.session.uuid])
      assert.equal((await endSessionsOf(callerOf(), { user: user.uuid })).ended, 1)
      assert.equal(await standing(client, own.value), '401 session_over')
      assert.deepEqual(await uuidsOf(await user.refresh()), [])
      assert.equal(await standing(client, stranger.value), '200', 'control')
    })

    test('are untouched by what is rolled back', async ({ client, assert }) => {
      const user = await someone('nurse')
      const [one, two, three] = [await begun(user), await begun(user), await begun(user)]
      const made: string[] = []
      await rolledBack(async (trx) => {
        made.push((await beginSession({ user, withFactor: true }, callerOf(user), trx)).value)
        made.push((await renewSession(one.session, {}, trx)).value)
        await sessionStore().end(two.session, trx)
      })
      await rolledBack((trx) => sessionStore().endOthers(one.session, trx))
      for (const { value } of [one, two, three]) assert.equal(await standing(client, value), '200')
      for (const value of made) assert.equal(await standing(client, value), '401 session_over')
      assert.sameMembers(
        await uuidsOf(user),
        [one, two, three].map(({ session }) => session.uuid)
      )
    })

    test('are untouched by a rehearsal on the command line, and ended without one', async ({ client, assert }) => {
      const user = await someone('nurse')
      const { value } = await begun(user)
      const end = ['user', 'end-sessions', '--user', user.uuid]
      assert.match((await medinfo(...end, '--dry-run')).out, /: 1 /)
      assert.equal(await standing(client, value), '200')
      assert.match((await medinfo(...end)).out, /: 1 /)
      assert.equal(await standing(client, value), '401 session_over')
    })

    test('of everybody are found and listed, the last seen first, and those that live told apart', async ({
      assert,
    }) => {
      const [early, late, over] = [await someone('nurse'), await someone('nurse'), await someone('nurse')]
      const sessions = []
      for (const user of [late, early, over]) sessions.push((await begun(user)).session)
      const [lateOne, earlyOne, overOne] = sessions as [KeptSession, KeptSession, KeptSession]
      await sessionStore().touch(new Map([[lateOne.hash, new Date(now().getTime() + 1_000)]]), db.connection())
      await db.from('users').where('id', over.id).increment('sign_in_epoch', 1)
      const listed = (await liveSessionsOfAll(db.connection())).map(({ session: { uuid } }) => uuid)
      assert.notInclude(listed, overOne.uuid)
      assert.isAtLeast(listed.indexOf(lateOne.uuid), 0)
      assert.isBelow(listed.indexOf(lateOne.uuid), listed.indexOf(earlyOne.uuid))
      assert.equal((await findLiveSession(earlyOne.uuid, db.connection())).user.id, early.id)
      await assert.rejects(() => findLiveSession(overOne.uuid, db.connection()))
      await assert.rejects(() => findLiveSession(newUuid(), db.connection()))
    })

    test('are of no use to who steals the store', async ({ client, assert }) => {
      const { value, session } = await begun(await someone('nurse'))
      const stolen = await dump()
      assert.isTrue(
        stolen.some((text) => text.includes(session.hash)),
        'control: it is there'
      )
      assert.isFalse(stolen.some((text) => text.includes(value)))
      assert.equal(await standing(client, session.hash), '401 session_over')
    })

    test('of many are listed up to a bound, the newest first', async ({ assert }) => {
      const user = await someone('nurse')
      const { session } = await begun(user)
      for (let n = 1; n <= 104; n++) {
        const at = { createdAt: new Date(session.createdAt.getTime() + n), uuid: newUuid() }
        const one: KeptSession = { ...session, ...at, hash: hashOfValue(`${session.hash} ${n}`) }
        await sessionStore().add(one, db.connection())
      }
      const listed = await sessionStore().listOf(user.id, db.connection())
      assert.lengthOf(listed, 100)
      assert.isAbove(listed[0]!.createdAt.getTime(), listed[99]!.createdAt.getTime())
      assert.isNotNull(await sessionStore().findOf(user.id, session.uuid, db.connection()))
    })
  })
}
