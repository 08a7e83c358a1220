import vine from '@vinejs/vine'
import type { Browsed } from '#app/core/browse'
import { readCase } from '#app/core/read_case'
import { rowUuid } from '#app/core/rules'
import { deviceOf } from '#app/sessions/device'
import { findLiveSession, liveSessionsOfAll, type SessionOfSomebody } from '#app/sessions/live_sessions'
import SessionPolicy from '#app/sessions/session_policy'
import { MOST_OF_ALL } from '#app/sessions/session_store'

type Row = ReturnType<typeof rowOf>

const SORTS = {
  last_seen_at: ({ session }: SessionOfSomebody) => session.lastSeenAt.getTime(),
  created_at: ({ session }: SessionOfSomebody) => session.createdAt.getTime(),
}

const browseSessionsValidator = vine.create({
  filters: vine
    .object({
      person: vine.string().trim().maxLength(160).optional(),
      email: vine.string().trim().maxLength(190).optional(),
      ip_address: vine.string().trim().maxLength(45).optional(),
    })
    .optional(),
  sort: vine.enum(Object.keys(SORTS) as (keyof typeof SORTS)[]).optional(),
  direction: vine.enum(['asc', 'desc']).optional(),
  offset: vine.number().withoutDecimals().range([0, MOST_OF_ALL]),
  limit: vine.number().withoutDecimals().range([1, 100]),
})

/**
 * The browsers in which anybody is signed in, as the back office lists them. Wherever sessions are kept: they are few, so
 * that they are narrowed and sorted here.
 */
export const browseSessions = readCase({
  name: 'sessions.browse',
  input: browseSessionsValidator,
  find: () => null,
  policy: [SessionPolicy, 'manage'],
  details: ({ rows }: Browsed<Row>) => ({ uuids: rows.map(({ id }) => id) }),
  async run({ caller, client }, { filters = {}, sort = 'last_seen_at', direction = 'desc', offset, limit }) {
    const live = await liveSessionsOfAll(client)
    const found = live.filter(
      ({ session, user }) =>
        begins(user.name, filters.person) &&
        begins(user.email, filters.email) &&
        begins(session.ipAddress, filters.ip_address)
    )
    const way = direction === 'asc' ? 1 : -1
    found.sort((one, other) => way * (SORTS[sort](one) - SORTS[sort](other)))
    const rows = found.slice(offset, offset + limit).map((each) => rowOf(each, caller.user.signIn?.sessionUuid))
    return { rows, total: found.length, filters }
  },
})

/** One of them. */
export const openSessionRow = readCase({
  name: 'sessions.open',
  input: vine.create({ id: rowUuid() }),
  find: ({ id }, { client }) => findLiveSession(id, client),
  policy: [SessionPolicy, 'manage'],
  run: ({ subject, caller }) => ({
    ...rowOf(subject, caller.user.signIn?.sessionUuid),
    auditIdentity: () => ({ entity: 'session', entityUuid: subject.session.uuid, patientUuid: null }),
  }),
})

function rowOf({ session, user }: SessionOfSomebody, current: string | undefined) {
  const { browser, system } = deviceOf(session.userAgent)
  return {
    id: session.uuid,
    person: user.name,
    email: user.email,
    user: user.uuid,
    device: [browser, system].filter(Boolean).join(', ') || null,
    ip_address: session.ipAddress,
    whose: session.uuid === current ? 'own' : 'other',
    created_at: session.createdAt.toISOString(),
    last_seen_at: session.lastSeenAt.toISOString(),
    expires_at: session.expiresAt.toISOString(),
  }
}

function begins(text: string | null, wanted: string | undefined) {
  return !wanted || (text ?? '').toLocaleLowerCase('fr').startsWith(wanted.toLocaleLowerCase('fr'))
}
