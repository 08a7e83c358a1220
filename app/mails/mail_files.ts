import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import vine from '@vinejs/vine'
import { NotFound } from '#app/core/problem'
import { readCase } from '#app/core/read_case'
import { rowUuid } from '#app/core/rules'
import MailPolicy from '#app/mails/mail_policy'
import { mailsFolder } from '#start/env'

export interface MailOnDisk {
  id: string
  /** When it was written, ISO 8601. */
  date: string
  from: string
  to: string
  subject: string
  text: string
  html: string
}

interface FoundFile {
  name: string
  id: string
}

/** The mails that landed as files, the newest first. */
export const listMailFiles = readCase({
  name: 'mails.list',
  input: vine.create({ limit: vine.number().range([1, 100]).optional() }),
  find: () => null,
  policy: [MailPolicy, 'read'],
  async run(_, { limit = 25 }) {
    const files = await filesInFolder()
    return Promise.all(files.slice(0, limit).map(readMail))
  },
  details: (mails) => ({ ids: mails.map(({ id }) => id) }),
})

/** One of them, by the id of its mail, or the newest. Errors: NotFound. */
export const showMailFile = readCase({
  name: 'mails.show',
  input: vine.create({ id: rowUuid().optional() }),
  async find({ id }) {
    const files = await filesInFolder()
    const wanted = id ? files.find((file) => file.id === id) : files[0]
    if (!wanted) throw new NotFound('not_found')
    return { ...wanted, auditIdentity: () => ({ entity: 'mail', entityUuid: wanted.id, patientUuid: null }) }
  },
  policy: [MailPolicy, 'read'],
  run: ({ subject: file }) => readMail(file),
})

const NAME = /^\d{8}T\d{9}Z-([0-9a-f-]{36})\.eml$/

async function filesInFolder(): Promise<FoundFile[]> {
  const names = await readdir(mailsFolder()).catch(noneWithoutFolder)
  const found = names.flatMap((name) => {
    const [, id] = NAME.exec(name) ?? []
    return id ? [{ name, id }] : []
  })
  return found.sort((a, b) => (a.name < b.name ? 1 : -1))
}

function noneWithoutFolder(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return []
  throw error
}

async function readMail({ name, id }: FoundFile): Promise<MailOnDisk> {
  const { default: PostalMime } = await import('postal-mime')
  const { from, to, subject, date, text, html } = await PostalMime.parse(await readFile(join(mailsFolder(), name)))
  return {
    ...{ id, date: date ?? '', subject: subject ?? '', text: text ?? '', html: html ?? '' },
    from: shown(from?.name, from?.address),
    to: (to ?? []).map((one) => shown(one.name, one.address)).join(', '),
  }
}

const shown = (name = '', address = '') => (name ? `${name} <${address}>` : address)
