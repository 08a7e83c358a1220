import type { ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import Addendum from '#app/charts/addendum'
import Consultation from '#app/consultations/consultation'
import type { Actor } from '#app/core/actor'
import LabResult from '#app/labs/lab_result'
import { hideUnreleasedOwn } from '#app/labs/reach'
import Patient from '#app/patients/patient'
import Prescription from '#app/prescriptions/prescription'
import MedicalRecord from '#app/records/medical_record'
import { ENTITIES, type Entity } from '#app/sync/protocol'

interface Rows {
  patient: Patient
  consultation: Consultation
  prescription: Prescription
  medical_record: MedicalRecord
  lab_result: LabResult
  addendum: Addendum
}

/** A record as devices hold it: what it is, and its row. */
export type SyncedRecord = { [E in Entity]: { entity: E; row: Rows[E] } }[Entity]

type AnyQuery = ModelQueryBuilderContract<any, any>
type Reader = (user: Actor, client: QueryClientContract) => AnyQuery

/** The rows of each kind with what is told of them; nothing of one's own results that is not released. */
const KINDS: Record<Entity, { table: string; patient: string; rows: Reader }> = {
  patient: {
    table: 'patients',
    patient: 'patients.id',
    rows: (_, client) => Patient.query({ client }),
  },
  consultation: {
    table: 'consultations',
    patient: 'consultations.patient_id',
    rows: (_, client) => Consultation.named(Consultation.query({ client })),
  },
  prescription: {
    table: 'prescriptions',
    patient: 'prescriptions.patient_id',
    rows: (_, client) => Prescription.named(Prescription.query({ client })),
  },
  medical_record: {
    table: 'medical_records',
    patient: 'medical_records.patient_id',
    rows: (_, client) => MedicalRecord.named(MedicalRecord.query({ client })),
  },
  lab_result: {
    table: 'lab_results',
    patient: 'lab_results.patient_id',
    rows: (user, client) => hideUnreleasedOwn(LabResult.named(LabResult.query({ client })), user),
  },
  addendum: {
    table: 'addenda',
    patient: 'addenda.patient_id',
    rows: (user, client) => Addendum.selected(Addendum.query({ client })).where(toShownRecord(user, client)),
  },
}

function toShownRecord(user: Actor, client: QueryClientContract) {
  return (query: AnyQuery) => {
    const results = LabResult.query({ client }).whereColumn('lab_results.uuid', 'addenda.entity_uuid')
    void query.whereNot('addenda.entity', 'lab_result').orWhereExists(hideUnreleasedOwn(results, user) as never)
  }
}

/** The records of these names, by `recordKey`: one query a kind, however many. What may not be read is not there. */
export async function recordsNamed(
  named: { entity: Entity; uuid: string }[],
  user: Actor,
  client: QueryClientContract
): Promise<Map<string, SyncedRecord>> {
  const found = new Map<string, SyncedRecord>()
  for (const entity of ENTITIES) {
    const uuids = named.filter((name) => name.entity === entity).map(({ uuid }) => uuid)
    if (!uuids.length) continue
    const { table, rows } = KINDS[entity]
    for (const row of await rows(user, client).whereIn(`${table}.uuid`, uuids))
      found.set(recordKey(entity, row.uuid), { entity, row } as SyncedRecord)
  }
  return found
}

/** What the rows of this table are to devices; null for a table of which they hold nothing. */
export function entityOfTable(name: string): Entity | null {
  return ENTITIES.find((entity) => KINDS[entity].table === name) ?? null
}

export function recordKey(entity: string, uuid: string): string {
  return `${entity} ${uuid}`
}

/** All records of these patients' charts, and the patients themselves: one query a kind, however many. */
export async function recordsOf(patientIds: number[], user: Actor, client: QueryClientContract) {
  const found: SyncedRecord[] = []
  if (!patientIds.length) return found
  for (const entity of ENTITIES) {
    const { table, patient, rows } = KINDS[entity]
    const query = rows(user, client).whereIn(patient, patientIds).orderBy(`${table}.id`)
    for (const row of await query) found.push({ entity, row } as SyncedRecord)
  }
  return found
}
