import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { sender } from '#app/mails/app_address'
import { mailQueueState } from '#app/mails/queue_state'
import { smtpSettings } from '#app/mails/smtp_settings'
import { found, type Finding } from '#app/setup/finding'
import env, { mailsFolder } from '#start/env'

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
  const { waiting, stuck, failed, error } = await mailQueueState(client)
  return found('mail_queue', failed || stuck ? 'failing' : 'ok', { waiting, failed, error })
}
