import db from '@adonisjs/lucid/services/db'
import vine from '@vinejs/vine'
import { Conflict } from '#app/core/problem'
import { selectRows } from '#app/core/insert_rows'
import { useCase } from '#app/core/use_case'
import { startJob } from '#app/jobs/start_job'
import KeyPolicy from '#app/keys/key_policy'
import type { StartedRotation } from '#app/keys/start_rotation'
import Patient from '#app/patients/patient'
import { countSubjects } from '#app/rotations/rotate_data_job'
import { SEALED_TABLES, type SealedTable } from '#app/rotations/sealed_tables'
import { readConnection } from '#config/database'

/**
 * New data keys, of one patient or of all who have one, and everything sealed under them. To be run by `runJob`. The same
 * asked again goes on with the job that is open. Errors: Conflict `rotation_running` while another one is.
 */
export const rotateDataKeys = useCase({
  name: 'keys.rotate_data',
  status: 202,
  stepUp: true,
  input: vine.create({ patient: vine.string().toLowerCase().uuid().optional() }),
  // Reads every chart: no transaction waits for that.
  prepare: ({ patient }) => countValues(patient),
  find: ({ patient }, { trx }) =>
    patient ? Patient.query({ client: trx }).select('id', 'uuid').where('uuid', patient).firstOrFail() : null,
  policy: [KeyPolicy, 'rotate'],
  async run({ caller, trx, prepared: values, note }, { patient = null }): Promise<StartedRotation> {
    const job = await startJob(trx, { kind: 'keys.rotate_data', payload: { patient }, caller, onlyOne: true })
    if (JSON.parse(job.payload).patient !== patient) throw new Conflict('rotation_running')
    const counts = { keys: await countSubjects({ patient }, trx), values }
    note({ job: job.uuid, ...counts })
    return { job, counts }
  },
})

async function countValues(patient?: string): Promise<number> {
  let values = 0
  for (const sealed of SEALED_TABLES) values += await countIn(sealed, patient)
  return values
}

async function countIn({ from, subject, columns, subjectType }: SealedTable, patient?: string): Promise<number> {
  if (patient && subjectType !== 'patient') return 0
  const sum = columns.map((column) => `count(t.${column})`).join(' + ')
  const where = patient ? ` where ${subject} = ?` : ''
  const client = db.connection(readConnection)
  const [row] = await selectRows<{ n: number }>(
    client,
    `select ${sum} as n from ${from}${where}`,
    patient ? [patient] : []
  )
  return Number(row!.n)
}
