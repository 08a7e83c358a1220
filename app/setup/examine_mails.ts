import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { now, toSqlInstant } from '#app/core/clock'
import { selectRows } from '#app/core/insert_rows'
import { sender } from '#app/mails/app_address'
import { smtpSettings } from '#app/mails/smtp_settings'
import { found, type Finding } from '#app/setup/finding'
import env, { mailsFolder } from '#start/env'

const WEEK_MS = 7 * 86_400_000
/** One that waits after so many attempts is not held up by chance. */
const MANY_ATTEMPTS = 3

/** Whether mails leave, and whether those of the last week did. */
export async function examineMails(client: QueryClientContract): Promise<Finding[]> {
  return [checkMailSettings(env.get('MAIL_DSN'), env.get('MAIL_FROM')), await checkMailQueue(client)]
}

/** Files are no fault: a clinic without a mail server gives links by hand. */
export function checkMailSettings(dsn: string | undefined, from: string | undefined): Finding {
  try {
    const { address } = sender()
    if (!dsn) return { name: 'mails', ok: true, code: 'as_files', params: { folder: mailsFolder() } }
    const { host } = smtpSettings(dsn)
    return found('mails', from || env.get('APP_URL') ? 'ok' : 'no_sender', { host, address })
  } catch (error) {
    return found('mails', 'invalid', { reason: (error as Error).message })
  }
}

async function checkMailQueue(client: QueryClientContract): Promise<Finding> {
  const rows = await selectRows<{ state: string; attempts: number; error: string | null }>(
    client,
    `select state, attempts, error from mails
     where state in ('waiting', 'sending') or (state = 'failed' and due_at > ?) order by updated_at desc`,
    [toSqlInstant(new Date(now().getTime() - WEEK_MS))]
  )
  const failed = rows.filter(({ state }) => state === 'failed').length
  const isStuck = rows.some(({ state, attempts }) => state === 'waiting' && attempts >= MANY_ATTEMPTS)
  const error = rows.find((row) => row.error)?.error ?? ''
  return found('mail_queue', failed || isStuck ? 'failing' : 'ok', { waiting: rows.length - failed, failed, error })
}
