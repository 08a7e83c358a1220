import { resolve } from 'node:path'
import vine from '@vinejs/vine'
import { useCase } from '#app/core/use_case'
import ImportPolicy from '#app/imports/import_policy'
import { startJob } from '#app/jobs/start_job'
import { loadMapping, shippedMappings } from '#app/mappings/load_mapping'
import { locateSources } from '#app/mappings/locate_sources'

const path = () => vine.string().maxLength(1024)

/**
 * Has a server import files that lie on its machine, in a job. What cannot be read at all is refused here.
 * Errors: BadMapping, BadSource.
 */
export const startImport = useCase({
  name: 'imports.start_in_background',
  status: 202,
  input: vine.create({
    mapping: path(),
    path: path(),
    as: vine.string().maxLength(128).optional(),
    rejects: path().optional(),
    language: vine.enum(['fr', 'en']).optional(),
  }),
  async prepare({ mapping, path: source, as }) {
    await locateSources(await loadMapping(mapping), source, { as })
  },
  find: () => null,
  policy: [ImportPolicy, 'run'],
  async run({ caller, trx, note }, input) {
    // The server may have been started in another folder.
    const isShipped = (shippedMappings as readonly string[]).includes(input.mapping)
    const payload = {
      ...input,
      mapping: isShipped ? input.mapping : resolve(input.mapping),
      path: resolve(input.path),
      rejects: input.rejects && resolve(input.rejects),
    }
    const job = await startJob(trx, { kind: 'imports.run', payload, caller, inBackground: true })
    note({ job: job.uuid })
    return job
  },
})
