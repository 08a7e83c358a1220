import vine from '@vinejs/vine'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { now } from '#app/core/clock'
import { newUuid } from '#app/core/ids'
import { selectRows } from '#app/core/insert_rows'
import { readCase } from '#app/core/read_case'
import { useCase } from '#app/core/use_case'
import ImportPolicy from '#app/imports/import_policy'
import ImportRun from '#app/imports/import_run'
import type { Params } from '#app/mappings/source_problems'

export const startRun = useCase({
  name: 'imports.start',
  status: 201,
  input: vine.create({
    mapping: vine.string().maxLength(128),
    source: vine.string().maxLength(64),
    dry_run: vine.boolean(),
  }),
  find: () => null,
  policy: [ImportPolicy, 'run'],
  async run({ caller, trx }, { mapping, source, dry_run }) {
    const at = now()
    const fields = { uuid: newUuid(), mapping, source, dryRun: dry_run, state: 'running', userId: caller.user.id }
    const run = new ImportRun().useTransaction(trx).fill({ ...fields, startedAt: at, createdAt: at, updatedAt: at })
    return run.save()
  },
})

export const finishRun = useCase({
  name: 'imports.finish',
  input: vine.create({ id: vine.string().uuid(), state: vine.enum(['done', 'failed']), report: vine.any() }),
  find: ({ id }, { trx }) => ImportRun.query({ client: trx }).where('uuid', id).firstOrFail(),
  policy: [ImportPolicy, 'run'],
  async run({ subject: run, trx, note }, { state, report }) {
    note({ state })
    return run
      .useTransaction(trx)
      .merge({ state, report: JSON.stringify(report), finishedAt: now(), updatedAt: now() })
      .save()
  },
})

export const listImportRuns = readCase({
  name: 'imports.list',
  input: vine.create({ limit: vine.number().range([1, 100]).optional() }),
  find: () => null,
  policy: [ImportPolicy, 'run'],
  run: ({ client }, { limit = 25 }) =>
    ImportRun.query({ client }).orderBy('started_at', 'desc').orderBy('uuid', 'desc').limit(limit),
})

export interface ImportNote {
  file: string
  line: number
  outcome: string
  code: string
  params: Params
  column: string | null
  entity: string | null
  record_uuid: string | null
}

const NOTES = 1000

/** A run with its first thousand remarks: rejected, merged and kept rows, and accounts that were not found. */
export const showImportRun = readCase({
  name: 'imports.show',
  input: vine.create({ id: vine.string().toLowerCase().uuid() }),
  find: ({ id }, { client }) => ImportRun.query({ client }).where('uuid', id).firstOrFail(),
  policy: [ImportPolicy, 'run'],
  run: async ({ subject: run, client }) => ({
    run,
    notes: await notesOfRun(run, client),
    auditIdentity: () => run.auditIdentity(),
  }),
})

export async function notesOfRun({ id }: ImportRun, client: QueryClientContract): Promise<ImportNote[]> {
  const quote = client.dialect.name === 'mysql' ? '`' : '"'
  const rows = await selectRows<Omit<ImportNote, 'params'> & { params: string | null }>(
    client,
    `select file, line, outcome, code, params, ${quote}column${quote}, entity, record_uuid from import_notes where run_id = ? order by id limit ${NOTES}`,
    [id]
  )
  return rows.map(({ params, ...row }) => ({ ...row, params: params ? JSON.parse(params) : {} }))
}
