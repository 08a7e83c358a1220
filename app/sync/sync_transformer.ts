import Type from 'typebox'
import { addendumData, addendumShape } from '#app/charts/addendum_transformer'
import { consultationData, consultationShape } from '#app/consultations/consultation_transformer'
import { now } from '#app/core/clock'
import { choice, instant, listOf, nullable, shape, text, uuid, version, whole } from '#app/http/shapes'
import { labResultData, labResultShape } from '#app/labs/lab_result_transformer'
import { patientData, patientShape } from '#app/patients/patient_transformer'
import { prescriptionData, prescriptionShape } from '#app/prescriptions/prescription_transformer'
import { medicalRecordData, medicalRecordShape } from '#app/records/medical_record_transformer'
import type { Chart, Load } from '#app/sync/bootstrap'
import type { PulledChange } from '#app/sync/changes_since'
import { ENTITIES, type BootstrapLine, type Change, type RecordData, type SyncAnswer } from '#app/sync/protocol'
import type { Pulled } from '#app/sync/pull'
import type { SyncedRecord } from '#app/sync/synced_records'
import type { UnreadableChart } from '#app/sync/unreadable_charts'

/** A record of any kind that devices hold, as the API shows it; which of them it is, `entity` beside it says. */
export const recordDataShape = Type.Unsafe<RecordData>({
  anyOf: [patientShape, consultationShape, prescriptionShape, medicalRecordShape, labResultShape, addendumShape],
})

const changed = { seq: whole(), scope: uuid(), entity: choice(ENTITIES), id: uuid(), version: version() }

const changeShape = Type.Unsafe<Change>({
  oneOf: [
    shape('SyncUpsert', { ...changed, op: choice(['upsert']), data: recordDataShape }),
    shape('SyncRemoval', { ...changed, op: choice(['delete']) }),
  ],
})

const unreadableShape = shape('SyncUnreadable', { scope: uuid(), entity: choice(ENTITIES), id: uuid() })

/** The part of a sync answer that a pull gives. */
export const pulledMembers = {
  epoch: uuid(),
  changes: listOf(changeShape),
  cursor: nullable(text()),
  has_more: Type.Boolean(),
  add_scopes: listOf(uuid()),
  purge_scopes: listOf(uuid()),
  scopes_differ: Type.Boolean(),
  unreadable: listOf(unreadableShape),
  server_time: instant(),
}

/** One line of a load. OpenAPI has no word for a text of many: the document shows what each line is. */
export const bootstrapLineShape = Type.Unsafe<BootstrapLine>({
  oneOf: [
    shape('SyncBegin', {
      kind: choice(['begin']),
      epoch: uuid(),
      cursor: text(),
      patients: whole(),
      server_time: instant(),
    }),
    shape('SyncChart', {
      kind: choice(['chart']),
      patient: patientShape,
      records: listOf(shape('SyncRecord', { entity: choice(ENTITIES), data: recordDataShape })),
    }),
    shape('SyncUnreadableChart', {
      kind: choice(['unreadable']),
      patient: uuid(),
      entity: choice(ENTITIES),
      id: uuid(),
    }),
    shape('SyncEnd', { kind: choice(['end']) }),
  ],
})

export const bootstrapLines = {
  begin: ({ epoch, cursor, patients, serverTime }: Load): BootstrapLine => {
    return { kind: 'begin', epoch, cursor, patients: patients.length, server_time: serverTime.toISOString() }
  },
  chart: (chart: Chart | UnreadableChart): BootstrapLine => {
    if ('error' in chart) return { kind: 'unreadable', patient: chart.scope, entity: chart.entity, id: chart.id }
    const { patient, records } = chart
    const told = records.map((record) => ({ entity: record.entity, data: recordData(record) }))
    return { kind: 'chart', patient: patientData(patient), records: told }
  },
  end: (): BootstrapLine => ({ kind: 'end' }),
}

export const toLine = (line: BootstrapLine) => `${JSON.stringify(line)}\n`

export function pulledData(pulled: Pulled): Omit<SyncAnswer, 'results'> {
  return {
    epoch: pulled.epoch,
    changes: pulled.changes.map(changeData),
    cursor: pulled.cursor,
    has_more: pulled.hasMore,
    add_scopes: pulled.addScopes,
    purge_scopes: pulled.purgeScopes,
    scopes_differ: pulled.scopesDiffer,
    unreadable: pulled.unreadable.map(({ scope, entity, id }) => ({ scope, entity, id })),
    server_time: now().toISOString(),
  }
}

function changeData(change: PulledChange): Change {
  const { seq, scope } = change
  if (change.op === 'delete') {
    const { entity, uuid: id, version: removed } = change
    return { seq, scope, entity, id, version: removed, op: 'delete' }
  }
  const { entity, row } = change.record
  return { seq, scope, entity, id: row.uuid, version: row.version, op: 'upsert', data: recordData(change.record) }
}

/** A record as devices hold it. */
export function recordData(record: SyncedRecord): RecordData {
  switch (record.entity) {
    case 'patient':
      return patientData(record.row)
    case 'consultation':
      return consultationData(record.row)
    case 'prescription':
      return prescriptionData(record.row)
    case 'medical_record':
      return medicalRecordData(record.row)
    case 'lab_result':
      return labResultData(record.row)
    case 'addendum':
      return addendumData(record.row)
  }
}
