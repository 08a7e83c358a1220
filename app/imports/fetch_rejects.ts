import vine from '@vinejs/vine'
import { NotFound } from '#app/core/problem'
import { readCase } from '#app/core/read_case'
import { rowUuid } from '#app/core/rules'
import { harmlessCells } from '#app/imports/harmless_cells'
import ImportPolicy from '#app/imports/import_policy'
import ImportRun from '#app/imports/import_run'
import { keptRejects, openKept } from '#app/imports/kept_rejects'

/** What a run did not take, opened for whoever corrects it, and which cells a spreadsheet would compute made harmless. */
export const fetchRejects = readCase({
  name: 'imports.rejects',
  input: vine.create({ run: rowUuid(), file: rowUuid() }),
  find: ({ run }, { client }) => ImportRun.query({ client }).where('uuid', run).firstOrFail(),
  policy: [ImportPolicy, 'run'],
  async run({ subject }, { file: id }) {
    const kept = await keptRejects(subject.uuid)
    const file = kept.find((one) => one.id === id)
    if (!file) throw new NotFound('not_found')
    return { file, chunks: harmlessCells(await openKept(subject.uuid, file)) }
  },
  details: ({ file: { name, bytes } }) => ({ file: name, bytes }),
})
