import { setTimeout as sleep } from 'node:timers/promises'
import type { Caller } from '#app/core/caller'
import { newUuid } from '#app/core/ids'
import { FieldUnreadable } from '#app/keys/field_crypto'
import { correctPatient } from '#app/patients/correct_patient'
import Patient from '#app/patients/patient'
import MedicalRecord from '#app/records/medical_record'
import { addMedicalRecord } from '#app/records/add_medical_record'
import { amendMedicalRecord } from '#app/records/amend_medical_record'
import type { Chart } from '#tests/proofs/rotate_data/charts'

const WRITERS = 6
const READERS = 2
/** Of the charts beside which the rotation is. */
const NEAR = 20
const OFTEN = 0.7

export interface Traffic {
  writes: number
  reads: number
  unreadable: number
}

interface Scene {
  charts: Chart[]
  writer: Caller
  random: () => number
  /** The last chart that is done. */
  position: () => string
  isOver: () => boolean
}

/** Writes through the use-cases and reads, most of it where the rotation is, until it is over. */
export async function writeAndRead(scene: Scene): Promise<Traffic> {
  const traffic = { writes: 0, reads: 0, unreadable: 0 }
  const each = async (work: () => Promise<void>) => {
    while (!scene.isOver())
      await work().catch((error) => {
        if (!(error instanceof FieldUnreadable)) throw error
        traffic.unreadable++
      })
  }
  const write = async (lane: number) => {
    await writeOnce(chartNear(scene, lane), scene)
    traffic.writes++
    await sleep(scene.random() * 4)
  }
  const read = async () => {
    const { uuid } = chartNear(scene, null)
    const { id } = await Patient.findByOrFail('uuid', uuid)
    await MedicalRecord.query().where('patient_id', id)
    traffic.reads++
  }
  const writers = Array.from({ length: WRITERS }, (_, lane) => each(() => write(lane)))
  await Promise.all([...writers, ...Array.from({ length: READERS }, () => each(read))])
  return traffic
}

/** A lane has charts of its own, so that it knows what was written last. */
function chartNear({ charts, random, position }: Scene, lane: number | null): Chart {
  const near = charts.findIndex(({ uuid }) => uuid > position())
  const from = near < 0 || random() > OFTEN ? 0 : near
  const span = from ? NEAR : charts.length
  const at = (from + Math.floor(random() * span)) % charts.length
  if (lane === null) return charts[at]!
  const own = at - (at % WRITERS) + lane
  return charts[own < charts.length ? own : lane % charts.length]!
}

async function writeOnce(chart: Chart, { writer, random }: Scene) {
  const text = newUuid()
  const kind = random()
  if (kind < 0.15) {
    const note = { patient_id: chart.uuid, type: 'note', description: text }
    const { uuid, version } = await addMedicalRecord(writer, note)
    chart.notes.push({ uuid, version, text })
  } else if (kind < 0.6) {
    const { version } = await correctPatient(writer, { id: chart.uuid, version: chart.address.version, address: text })
    Object.assign(chart.address, { version, text })
  } else {
    const note = chart.notes[Math.floor(random() * chart.notes.length)]!
    const { version } = await amendMedicalRecord(writer, { id: note.uuid, version: note.version, description: text })
    Object.assign(note, { version, text })
  }
}
