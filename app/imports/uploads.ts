import { extname } from 'node:path'
import vine from '@vinejs/vine'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Caller } from '#app/core/caller'
import { NotFound } from '#app/core/problem'
import { rowUuid } from '#app/core/rules'
import { useCase } from '#app/core/use_case'
import ImportPolicy from '#app/imports/import_policy'
import {
  addFile,
  filesOf,
  makeUpload,
  ownerOf,
  readPlan,
  removeFile,
  removeUpload,
  uploadsOf,
} from '#app/imports/upload_folder'
import { BadUpload } from '#app/imports/upload_problems'
import Job, { OPEN_STATES } from '#app/jobs/job'
import { uploadLimit } from '#start/env'

const MOST_FILES = 20
const KINDS = new Set(['.csv', '.tsv', '.txt'])

/**
 * Says that a file is going to be sent, by parts (receive_part.ts), into an upload of one's own or into a new one. All
 * that one has sent and not imported is within IMPORT_UPLOAD_LIMIT. Errors: BadUpload, NotFound.
 */
export const beginUpload = useCase({
  name: 'imports.upload',
  status: 201,
  input: vine.create({
    upload: rowUuid().optional(),
    name: vine.string().trim().minLength(1).maxLength(255),
    bytes: vine.number().withoutDecimals().min(0),
  }),
  async find({ upload }, { caller, trx }) {
    // One after the other, so that together they stay within the limit.
    if (caller.user.id !== null) await trx.from('users').where('id', caller.user.id).forUpdate().select('id').first()
    return upload ? ownUpload(upload, caller) : null
  },
  policy: [ImportPolicy, 'run'],
  async run({ caller, subject, trx, note }, { name, bytes }) {
    if (!KINDS.has(extname(name).toLowerCase())) throw new BadUpload('upload_not_csv')
    if (bytes === 0) throw new BadUpload('upload_empty')
    const own = await uploadsOf(caller.user.uuid)
    const uploads = await Promise.all(own.map(filesOf))
    const sent = uploads.flat()
    if (sent.length >= MOST_FILES) throw new BadUpload('upload_too_many', { most: MOST_FILES })
    const total = sent.reduce((sum, file) => sum + file.bytes, bytes)
    if (total > uploadLimit()) throw new BadUpload('upload_too_large', { limit: megabytes(uploadLimit()) })
    if (subject) await requireFree(subject, caller, trx)
    const upload = subject ?? (await makeUpload(caller.user.uuid))
    const file = await addFile(upload, { name, bytes })
    note({ upload, file, bytes })
    return { upload, file }
  },
})

/** Takes back what was sent: one file, or all of it. Errors: BadUpload `upload_in_use` while it is imported. */
export const discardUpload = useCase({
  name: 'imports.discard',
  input: vine.create({ upload: rowUuid(), file: rowUuid().optional() }),
  find: ({ upload }, { caller }) => ownUpload(upload, caller),
  policy: [ImportPolicy, 'run'],
  async run({ caller, subject: upload, trx, note }, { file }) {
    await requireFree(upload, caller, trx)
    note({ upload, file })
    if (file) await removeFile(upload, file)
    else await removeUpload(upload)
    return {}
  },
})

/** Errors: NotFound for somebody else's as for none. */
export async function ownUpload(id: string, { user }: Caller): Promise<string> {
  const owner = await ownerOf(id)
  if (!owner || owner.user !== user.uuid) throw new NotFound('not_found')
  return id
}

/** Errors: BadUpload `upload_in_use` while a job imports it. One that failed has left it to be imported again. */
export async function requireFree(upload: string, { requestId }: Caller, trx: TransactionClientContract) {
  const plan = await readPlan(upload)
  // A transaction that met a deadlock is run again.
  if (!plan || plan.request === requestId) return
  const job = await Job.query({ client: trx }).where('uuid', plan.job).first()
  if (job && (OPEN_STATES as readonly string[]).includes(job.state)) throw new BadUpload('upload_in_use')
}

export const megabytes = (bytes: number) => Math.floor(bytes / 1024 / 1024)
