import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import Consultation from '#app/consultations/consultation'
import { inTransaction } from '#app/core/transaction'
import { startRun } from '#app/imports/import_runs'
import { prepareRows } from '#app/imports/prepare_rows'
import { emptyReport } from '#app/imports/report'
import { sourceTokens } from '#app/imports/source_tokens'
import { writeBatch, type WrittenBatch } from '#app/imports/write_batch'
import { forgetDataKeys } from '#app/keys/data_keys'
import { loadMapping } from '#app/mappings/load_mapping'
import type { ReadRow } from '#app/mappings/map_rows'
import { readMapped } from '#app/mappings/read_mapped'
import { LegacySystem, recordsOf } from '#tests/functional/imports/legacy_system'
import { callerOf } from '#tests/acting'

const MAPPING = `mapping: 1
source: x
files:
  - file: visits.csv
    entity: consultation
    key: id
    fields: { date: { column: date, instant: YYYY-MM-DD }, reason: reason }
    references: { patient: { file: visits.csv, also: person, key: name } }
    also:
      - name: person
        entity: patient
        key: name
        fields: { family_name: name, given_name: name, sex: { constant: other }, dob: { constant: '1980-01-01' } }
`

test.group('A batch that is tried again after a deadlock', () => {
  test('is written once, and sealed by the key of the patient that is there', async ({ assert }) => {
    const system = await LegacySystem.create(MAPPING)
    await system.write('visits.csv', 'id,date,reason,name\n1,2020-01-01,Toux,Sow\n2,2020-01-02,Fièvre,Sow\n')
    const run = await startRun(callerOf(), { mapping: 'x', source: system.source, dry_run: false })
    const read: ReadRow[] = []
    for await (const batch of readMapped(await loadMapping(system.mapping), system.folder)) read.push(...batch.rows)
    const rows = await prepareRows(read, { country: 'generic', at: '2020-01-01 00:00:00.000' }, await sourceTokens())

    let tries = 0
    const written = await inTransaction(callerOf(), async (trx) => {
      const report = emptyReport(run.uuid, false, [])
      const columnOf = () => null
      const result: WrittenBatch = await writeBatch({ ...callerOf(), trx }, { run, rows, report, columnOf })
      if (tries++ === 0) throw Object.assign(new Error('deadlock'), { code: 'ER_LOCK_DEADLOCK' })
      return result
    })
    assert.equal(tries, 2)
    assert.containsSubset(written.report, { created: 2, by_entity: { patient: { created: 1, unchanged: 1 } } })
    const visits = await recordsOf(run.uuid, 'consultation', 'consultations')
    forgetDataKeys()
    const opened = await Consultation.query({ client: db.connection() })
      .whereIn(
        'id',
        visits.map(({ id }) => id)
      )
      .orderBy('id')
    assert.deepEqual(
      opened.map(({ reason }) => reason),
      ['Toux', 'Fièvre']
    )
  })
})
