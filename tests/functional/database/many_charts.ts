import db from '@adonisjs/lucid/services/db'
import { insertRows, selectRows } from '#app/core/insert_rows'
import { newUuid } from '#app/core/ids'
import { toSqlInstant } from '#app/core/clock'
import type { Actor } from '#app/core/actor'
import type Consultation from '#app/consultations/consultation'
import type Patient from '#app/patients/patient'
import { analyzeTables } from '#tests/functional/database/plans'

type Row = Record<string, string | number | Buffer | null>

/** People and patients that the rows are spread over; the first of each has one part in twenty. */
interface Many {
  doctors: Actor[]
  labs: Actor[]
  patients: Patient[]
  /** What many prescriptions and addenda hang on. */
  consultation: Consultation
}

const MANY = 6_000
const STATES = {
  consultations: ['finished', 'finished', 'cancelled', 'planned'],
  prescriptions: ['active', 'active', 'stopped'],
  medical_records: ['active', 'active', 'resolved'],
  lab_results: ['final', 'final', 'preliminary', 'amended'],
}
const YEARS = 10 * 365 * 86_400_000

/** Enough rows that reading all of them is no longer the cheapest plan, written past the gate for speed and unsealed. */
export async function fillCharts(many: Many) {
  const rows = rowsOf(many)
  await db.transaction(async (trx) => {
    await insertRows(
      trx,
      'users',
      strangers((n, born) => ({ name: `Stranger ${n}`, language: 'fr', ...born }))
    )
    await insertRows(
      trx,
      'patients',
      strangers((n, born) => ({ ...identityOf(n), ...born }))
    )
    await insertRows(trx, 'consultations', rows.consultations)
    const found = await selectRows<{ id: number }>(trx, 'select id from consultations order by id')
    const inConsultation = (row: Row, n: number) => ({
      ...row,
      consultation_id: n % 20 ? found[n % found.length]!.id : many.consultation.id,
    })
    await insertRows(trx, 'prescriptions', rows.prescriptions.map(inConsultation))
    for (const table of [
      'medical_records',
      'lab_results',
      'addenda',
      'record_versions',
      'alerts',
      'audit_logs',
    ] as const)
      await insertRows(trx, table, rows[table])
  })
  await analyzeTables([...Object.keys(rows), 'doctor_patient', 'users', 'patients', 'emergency_accesses'])
}

function strangers(make: (n: number, made: Row) => Row) {
  const at = toSqlInstant(new Date(Date.UTC(2015)))
  return Array.from({ length: 2_000 }, (_, n) => make(n, { uuid: newUuid(), created_at: at, updated_at: at }))
}

function identityOf(n: number): Row {
  const name = { family_name: 'Stranger', given_name: `${n}`, sort_name: `stranger ${n}` }
  return { ...name, mrn: `STRANGER-${n}`, version: 1, sex: 'female', dob: '1980-01-01' }
}

function rowsOf({ doctors, labs, patients, consultation }: Many) {
  const many = (make: (n: number, at: string) => Row) =>
    Array.from({ length: MANY }, (_, n) =>
      make(n, toSqlInstant(new Date(Date.UTC(2016) + ((n * 7919 * 61_001) % YEARS))))
    )
  const oneOf = <T>(list: readonly T[], n: number) => (n % 20 === 0 ? list[0]! : list[n % list.length]!)
  const charted = (n: number, at: string): Row => {
    const patient = oneOf(patients, n)
    return { uuid: newUuid(), version: 1, patient_id: patient.id, created_at: at, updated_at: at }
  }
  const stateOf = (table: keyof typeof STATES, n: number) => oneOf(STATES[table], n)
  const consultations = many((n, at) => ({
    ...charted(n, at),
    doctor_id: oneOf(doctors, n).id,
    date: at,
    status: stateOf('consultations', n),
  }))
  const entities = [consultation.uuid, ...consultations.map(({ uuid }) => uuid as string)]
  return {
    consultations,
    prescriptions: many((n, at) => ({
      ...charted(n, at),
      prescribed_at: at,
      status: stateOf('prescriptions', n),
    })),
    medical_records: many((n, at) => ({
      ...charted(n, at),
      type: oneOf(['condition', 'note', 'allergy'], n),
      timeline_at: at,
      status: stateOf('medical_records', n),
    })),
    lab_results: many((n, at) => ({
      ...charted(n, at),
      performed_by: oneOf(labs, n).id,
      result_date: at,
      status: stateOf('lab_results', n),
    })),
    addenda: many((n, at) => ({ ...charted(n, at), entity: 'consultation', entity_uuid: oneOf(entities, n) })),
    record_versions: many((n, at) => ({
      uuid: newUuid(),
      entity: 'consultation',
      entity_uuid: newUuid(),
      patient_uuid: oneOf(patients, n).uuid,
      version: 1 + n,
      body: Buffer.alloc(50),
      via: 'api',
      at,
    })),
    alerts: many((n, at) => ({
      uuid: newUuid(),
      kind: 'emergency_access',
      entity: 'emergency_access',
      entity_uuid: newUuid(),
      user_id: oneOf(doctors, n).id,
      patient_id: oneOf(patients, n).id,
      state: n % 10 ? 'reviewed' : 'open',
      created_at: at,
      updated_at: at,
    })),
    audit_logs: many((n, at) => audited(n, at, oneOf(doctors, n), oneOf(patients, n))),
  } satisfies Record<string, Row[]>
}

const WRITER = Buffer.from(newUuid().replaceAll('-', ''), 'hex').subarray(8)

function audited(n: number, at: string, user: Actor, patient: Patient): Row {
  return {
    uid: newUuid(),
    created_at: at,
    writer: WRITER,
    wseq: n + 1,
    user_id: user.id,
    action: n % 10 ? 'consultations.open' : 'admin_view',
    entity: 'patient',
    entity_uuid: patient.uuid,
    patient_uuid: patient.uuid,
    outcome: n % 10 ? 'done' : 'refused',
    details: '{}',
    mac: Buffer.alloc(16),
  }
}
