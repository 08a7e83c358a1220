import vine from '@vinejs/vine'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { readCase } from '#app/core/read_case'
import { rowUuid } from '#app/core/rules'
import ImportPolicy from '#app/imports/import_policy'
import { filesOf, readPlan, uploadsOf } from '#app/imports/upload_folder'
import Job from '#app/jobs/job'
import { readMapping, shippedMapping, shippedMappings } from '#app/mappings/load_mapping'
import { uploadLimit } from '#start/env'

/** What somebody who is about to import needs: the mappings, how much may be sent, what they sent already. */
export const openImportDesk = readCase({
  name: 'imports.prepare',
  input: vine.create({}),
  find: () => null,
  policy: [ImportPolicy, 'run'],
  async run({ caller, client }) {
    const mappings = shippedMappings.map(async (name) => {
      const text = await shippedMapping(name)
      return { name, text, files: readMapping(text).files.map(({ file }) => file) }
    })
    const own = await uploadsOf(caller.user.uuid)
    const uploads = own.map(async (id) => ({
      id,
      files: await filesOf(id),
      job: await jobOf(id, client),
    }))
    return { limit: uploadLimit(), mappings: await Promise.all(mappings), uploads: await Promise.all(uploads) }
  },
})

/** The files that a mapping reads. Errors: BadMapping with line and key. */
export const checkMappingText = readCase({
  name: 'imports.check_mapping',
  input: vine.create({ text: vine.string().maxLength(256 * 1024) }),
  find: () => null,
  policy: [ImportPolicy, 'run'],
  run: (_, { text }) => ({ files: readMapping(text).files.map(({ file }) => file) }),
})

/** How to ask how far the import of one's own upload is. */
export const followImport = readCase({
  name: 'imports.follow',
  input: vine.create({ job: rowUuid() }),
  find: ({ job }, { client }) => Job.query({ client }).where({ uuid: job, kind: 'imports.run' }).firstOrFail(),
  policy: [ImportPolicy, 'run'],
  run({ client, subject }) {
    return { look: async () => toldOf(await Job.query({ client }).where('id', subject.id).firstOrFail()) }
  },
})

async function jobOf(upload: string, client: QueryClientContract) {
  const plan = await readPlan(upload)
  const job = plan && (await Job.query({ client }).where('uuid', plan.job).first())
  return job ? { id: job.uuid, ...toldOf(job) } : null
}

function toldOf({ state, done, total, position, problem }: Job) {
  const ended = JSON.parse(position ?? 'null') as { run: string } | null
  return { state, done: Number(done), total: total === null ? null : Number(total), run: ended?.run ?? null, problem }
}
