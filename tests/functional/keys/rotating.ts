import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import { now, toSqlInstant } from '#app/core/clock'
import { insertRows } from '#app/core/insert_rows'
import { newUuid } from '#app/core/ids'
import { inOwnTransaction } from '#app/core/transaction'
import { runJob } from '#app/jobs/run_job'
import { forgetDataKeys, newDataKey } from '#app/keys/data_keys'
import { Keyring } from '#app/keys/keyring'
import type { KeyProvider } from '#app/keys/key_provider'
import { keyring, useKeyring } from '#app/keys/keyring_service'
import type { StartedRotation } from '#app/keys/start_rotation'
import Patient from '#app/patients/patient'
import { registerPatient } from '#app/patients/register_patient'
import { callerOf } from '#tests/acting'

let made = 0

export function register(phone = `+22177${String(1_000_000 + ++made)}`): Promise<Patient> {
  const person = { family_name: 'Rotated', given_name: 'Awa', sex: 'female', dob: '1990-01-01' }
  return registerPatient(callerOf(), { ...person, phone })
}

/** What a process that has just started reads of this patient. */
export async function phoneOf({ uuid }: { uuid: string }): Promise<string | null> {
  forgetDataKeys()
  const { phone } = await Patient.findByOrFail('uuid', uuid)
  return phone
}

/** Data keys of nobody, as many as are wanted. */
export async function manyDataKeys(count: number): Promise<string[]> {
  const uuids = Array.from({ length: count }, () => newUuid())
  await inOwnTransaction(async ({ client }) => {
    const rows = []
    for (const uuid of uuids) rows.push({ ...(await newDataKey('patient', uuid, client)).row })
    await insertRows(client, 'data_keys', rows)
  })
  return uuids
}

/** Former master keys, so many that a change of the key above them takes a while; answers what takes them away. */
export async function manyMasters(count: number): Promise<() => Promise<void>> {
  const [{ last }] = await db.from('master_keys').max('id as last')
  const at = toSqlInstant(now())
  for (let nth = 0; nth < count; nth++) {
    const { kekUri, wrapped } = await keyring().provider.wrap(randomBytes(32), 'medinfo/master')
    await db.table('master_keys').insert({ kek_uri: kekUri, wrapped, state: 'decrypt', created_at: at, updated_at: at })
  }
  return async () => void (await db.from('master_keys').where('id', '>', last).where('state', 'decrypt').delete())
}

/** The master keys that wrap the keys of these patients. */
export async function mastersOf(uuids: string[]): Promise<number[]> {
  const rows = await db.from('data_keys').whereIn('subject_uuid', uuids).distinct('master_key_id')
  return rows.map(({ master_key_id: id }) => Number(id))
}

export async function activeMaster(): Promise<number> {
  const { id } = await db.from('master_keys').where('state', 'active').firstOrFail()
  return Number(id)
}

export async function masterState(id: number): Promise<string> {
  const { state } = await db.from('master_keys').where('id', id).firstOrFail()
  return state
}

/** The keyring of a process that has just started, with the same provider unless another is given. */
export function anotherKeyring(provider = keyring().provider): Keyring {
  return new Keyring(provider, () => db.connection())
}

/** The test's own provider but for what is given. */
export function providerWith(more: (own: KeyProvider) => Partial<KeyProvider>): KeyProvider {
  const own = keyring().provider
  return new Proxy(own, {
    get: (target, name) => {
      const given = (more(own) as Record<string | symbol, unknown>)[name]
      const value = given ?? Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

/** Acts as a process that has this keyring. */
export async function within<T>(ring: Keyring, work: () => Promise<T>): Promise<T> {
  const own = keyring()
  useKeyring(ring)
  forgetDataKeys()
  try {
    return await work()
  } finally {
    useKeyring(own)
    forgetDataKeys()
  }
}

/** Starts what was asked for and runs it to its end. */
export async function done(started: Promise<StartedRotation>): Promise<StartedRotation> {
  const rotation = await started
  await runJob(rotation.job.uuid)
  return rotation
}

/** Whether a transaction waits for another one's lock, which only MariaDB's do. */
export async function isSomebodyWaiting(): Promise<boolean> {
  // Asked more often than every tenth of a second InnoDB answers what it has said before.
  await sleep(150)
  const [[{ n }]] = await db.rawQuery(
    `select count(*) as n from information_schema.innodb_trx where trx_state = 'LOCK WAIT'`
  )
  return Number(n) > 0
}
