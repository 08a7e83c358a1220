import { BasePolicy } from '@adonisjs/bouncer'
import db from '@adonisjs/lucid/services/db'
import vine from '@vinejs/vine'
import type { Actor } from '#app/core/actor'
import { newUuid } from '#app/core/ids'
import { Refused } from '#app/core/problem'
import { readCase } from '#app/core/read_case'
import { useCase } from '#app/core/use_case'

class ProbePolicy extends BasePolicy {
  pass(user: Actor) {
    return user.can('tests.probe')
  }
}

const input = vine.create({
  name: vine.string(),
  end: vine.enum(['well', 'refused', 'broken']).optional(),
  nested: vine.object({ known: vine.string().optional() }).optional(),
})

/** What happens inside `run` after its write; a test sets it to meet another transaction there. */
export const during: { write?: () => Promise<void> } = {}

/** The smallest write through the real gate: one row of `settings`. */
export const putSetting = useCase({
  name: 'tests.put_setting',
  input,
  find: () => null,
  policy: [ProbePolicy, 'pass'],
  async run({ trx }, { name, end }) {
    await trx.table('settings').insert({ name, value: 'probe', created_at: INSTANT, updated_at: INSTANT })
    await during.write?.()
    if (end === 'refused') throw new Refused('tests_refused')
    if (end === 'broken') throw new Error('a bug')
    return { name }
  },
})

export const readSetting = readCase({
  name: 'tests.read_setting',
  input,
  find: ({ name }, { client }) => client.from('settings').where('name', name).first(),
  policy: [ProbePolicy, 'pass'],
  run({ subject }, { end }) {
    if (end === 'refused') throw new Refused('tests_refused')
    return subject
  },
})

export const INSTANT = '2026-01-01 00:00:00.000'
export const aName = () => `probe-${newUuid()}`

export async function hasSetting(name: string): Promise<boolean> {
  return Boolean(await db.from('settings').where('name', name).first())
}

/** The audit rows of one request, oldest first. */
export function auditOf(requestId: string): Promise<Record<string, any>[]> {
  return db.from('audit_logs').where('request_id', requestId).orderBy('id')
}

const FAULT = 'audit_logs_test_fault'

/** While `work` runs, the audit refuses every row of a request whose id begins with `fault-`, or those that SQL names. */
export async function withAuditFault(work: () => Promise<void>, when = "new.request_id like 'fault-%'") {
  await db.rawQuery(
    db.connection().dialect.name === 'mysql'
      ? `create trigger ${FAULT} before insert on audit_logs for each row
         begin if ${when} then signal sqlstate '45000' set message_text = 'planted fault'; end if; end`
      : `create trigger ${FAULT} before insert on audit_logs when ${when} begin select raise(abort, 'planted fault'); end`
  )
  try {
    await work()
  } finally {
    await db.rawQuery(`drop trigger ${FAULT}`)
  }
}
