import { isDeepStrictEqual } from 'node:util'
import { consultationHistory, medicalRecordHistory, patientHistory, prescriptionHistory } from '#app/charts/histories'
import { recordData } from '#app/sync/sync_transformer'
import type { BootstrapLine, RecordData } from '#app/sync/protocol'
import type User from '#app/users/user'
import type { SyncedRecord } from '#app/sync/synced_records'
import { callerOf } from '#tests/acting'
import type { ModelDevice } from '#tests/proofs/sync_model/model_device'
import { serverDoor } from '#tests/proofs/sync_model/server_door'
import type { Written } from '#tests/proofs/sync_model/written'

/** All that the server gives to a device of this doctor. */
async function chartsOf({ user, uuid }: ModelDevice) {
  const records = new Map<string, { entity: string; data: RecordData }>()
  for await (const line of serverDoor(user, uuid).load({})) note(line, records)
  return records
}

function note(line: BootstrapLine, records: Map<string, { entity: string; data: RecordData }>) {
  if (line.kind !== 'chart') return
  records.set(line.patient.id, { entity: 'patient', data: line.patient })
  for (const { entity, data } of line.records) records.set(data.id, { entity, data })
}

/** The device holds what the server has, all of it and nothing else. */
export async function refuseDifference(device: ModelDevice, index: number): Promise<void> {
  const theirs = await chartsOf(device)
  const held = new Map<string, RecordData>()
  const { store } = device
  for (const { id } of store.charts.patients.peek()) {
    store.charts.chart(id)
    await store.settled()
    const chart = store.charts.chart(id).peek()!
    const { patient, consultations, prescriptions, records, labResults, addenda } = chart
    for (const each of [patient, ...consultations, ...prescriptions, ...records, ...labResults, ...addenda])
      held.set(each.id, each.data)
  }
  for (const [id, { entity, data }] of theirs)
    if (!isDeepStrictEqual(held.get(id), data))
      throw new Error(
        `device ${index} has another ${entity}: ${JSON.stringify(held.get(id))} for ${JSON.stringify(data)}`
      )
  for (const [id, data] of held)
    if (!theirs.has(id)) throw new Error(`device ${index} has too much: ${JSON.stringify(data)}`)
}

/** Every version of a record that the server has, the oldest first; none where it has no such record. */
async function versionsOf(user: User, { name, recordId, scope }: Written, all: Awaited<ReturnType<typeof chartsOf>>) {
  const caller = callerOf(user)
  const kept = all.get(recordId)
  if (!kept) return []
  if (kept.entity === 'addendum') return [kept.data]
  const path = { id: recordId, limit: 100 }
  const rows = await (async () => {
    if (name.startsWith('patients')) return (await patientHistory(caller, { ...path, id: scope })).rows
    if (name.startsWith('consultations')) return (await consultationHistory(caller, path)).rows
    if (name.startsWith('records')) return (await medicalRecordHistory(caller, path)).rows
    return (await prescriptionHistory(caller, { ...path, consultation: kept.data.consultation_id })).rows
  })()
  const entity = kept.entity
  return rows.map(({ row }) => recordData({ entity, row } as unknown as SyncedRecord)).reverse()
}

/** What was written stands in the record or its history, or still on the device, where somebody set it aside. */
export async function refuseLoss(devices: ModelDevice[], written: Written[]): Promise<void> {
  const charts = await Promise.all(devices.map(chartsOf))
  for (const write of written) {
    const versions = (await versionsOf(devices[write.device]!.user, write, charts[write.device]!)).map((version) =>
      JSON.stringify(version)
    )
    const times = versions.filter(
      (version, at) => version.includes(write.token) && !versions[at - 1]?.includes(write.token)
    )
    const here = JSON.stringify(devices[write.device]!.store.outbox.peek())
    const isHere = here.includes(write.token) || (write.name === 'prescriptions.stop' && here.includes(write.recordId))
    const isDone =
      write.name === 'prescriptions.stop' ? versions.some((text) => text.includes('"stopped"')) : times.length > 0
    if (!isDone && !isHere) throw new Error(`lost: ${JSON.stringify(write)} of ${versions.join('\n')}`)
  }
}
