import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { Actor } from '#app/core/actor'
import { now, toSqlInstant } from '#app/core/clock'
import { selectRows } from '#app/core/insert_rows'
import { toProblem } from '#app/core/to_problem'
import { hashOfCredential } from '#app/sync/device'
import { DeviceNeedsSignIn, DeviceRevoked } from '#app/sync/sync_problems'
import { grantColumns, splitNames } from '#app/users/grants'
import { readConnection } from '#config/database'

/** A user as their device shows them: they may what they may, and only where a device is let in. */
export class DeviceUser implements Actor {
  constructor(
    readonly id: number,
    readonly uuid: string,
    readonly roleNames: readonly string[],
    private permissions: ReadonlySet<string>,
    readonly device: { id: number; uuid: string }
  ) {}

  can(permission: string) {
    return this.permissions.has(permission)
  }
}

interface DeviceRow {
  device_id: number
  device_uuid: string
  credential_expires_at: string
  revoked_at: string | null
  device_epoch: number
  sign_in_epoch: number
  disabled_at: string | null
  id: number
  uuid: string
  role_names: string | null
  permission_names: string | null
}

const SELECT = `select d.id as device_id, d.uuid as device_uuid, d.credential_expires_at, d.revoked_at,
  d.sign_in_epoch as device_epoch, u.sign_in_epoch, u.disabled_at, u.id, u.uuid, ${grantColumns('u')}
  from sync_devices d join users u on u.id = d.user_id`

const BY_CREDENTIAL = `${SELECT} where d.credential_hash = ?`
const BY_ID = `${SELECT} where d.id = ?`

export type KnownDevice = { user: DeviceUser } | { refusal: DeviceRevoked | DeviceNeedsSignIn }

/**
 * Whose device shows this credential, by one query; null for nobody's. One that was somebody's and opens nothing any more
 * comes with its refusal: whoever shows it is no guesser. Errors: a Problem when the database does not answer.
 */
export async function verifyDevice(credential: string): Promise<KnownDevice | null> {
  try {
    const [row] = await selectRows<DeviceRow>(db.connection(readConnection), BY_CREDENTIAL, [
      hashOfCredential(credential),
    ])
    return row ? judged(row) : null
  } catch (error) {
    throw toProblem(error)
  }
}

/** For an answer that takes long: its device may have been ended since it began. Errors: DeviceRevoked, DeviceNeedsSignIn. */
export async function refuseEnded(user: Actor, client: QueryClientContract): Promise<void> {
  if (!(user instanceof DeviceUser)) return
  const [row] = await selectRows<DeviceRow>(client, BY_ID, [user.device.id])
  const known = row ? judged(row) : { refusal: new DeviceNeedsSignIn() }
  if ('refusal' in known) throw known.refusal
}

function judged(row: DeviceRow): KnownDevice {
  if (row.revoked_at !== null) return { refusal: new DeviceRevoked() }
  const isOver = row.credential_expires_at <= toSqlInstant(now())
  const isOutdated = Number(row.device_epoch) !== Number(row.sign_in_epoch)
  if (isOver || isOutdated || row.disabled_at !== null) return { refusal: new DeviceNeedsSignIn() }
  const device = { id: Number(row.device_id), uuid: row.device_uuid }
  seen.set(device.id, { ...seen.get(device.id), at: now() })
  const permissions = new Set(splitNames(row.permission_names))
  return { user: new DeviceUser(Number(row.id), row.uuid, splitNames(row.role_names), permissions, device) }
}

const seen = new Map<number, { at: Date; cursor?: number }>()

/** Up to which change this device has all. */
export function noteCursor({ id }: { id: number }, cursor: number) {
  seen.set(id, { at: now(), cursor })
}

/* Each device takes four or five bindings. */
const AT_ONCE = 200

/** Writes when devices were last seen, and up to where, all since the last call at once. Answers how many. */
export async function writeLastSeenDevices(client: QueryClientContract): Promise<number> {
  const all = [...seen]
  seen.clear()
  for (let from = 0; from < all.length; from += AT_ONCE) {
    const some = all.slice(from, from + AT_ONCE)
    const places = some.map(() => '?').join(', ')
    const when = some.map(() => 'when ? then ?').join(' ')
    // A device that pulled nothing keeps its cursor.
    const pulled = some.filter(([, { cursor }]) => cursor !== undefined)
    const cursors = pulled.length
      ? `case id ${pulled.map(() => 'when ? then ?').join(' ')} else last_cursor end`
      : 'last_cursor'
    await client.rawQuery(
      `update sync_devices set last_seen = case id ${when} end, last_cursor = ${cursors} where id in (${places})`,
      [
        ...some.flatMap(([id, { at }]) => [id, toSqlInstant(at)]),
        ...pulled.flatMap(([id, { cursor }]) => [id, cursor!]),
        ...some.map(([id]) => id),
      ]
    )
  }
  return all.length
}
