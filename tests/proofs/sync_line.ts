import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import type { RecordData } from '#app/sync/protocol'
import type { Clock } from '#pwa/device/core'
import { openDeviceStore, type DeviceStore } from '#pwa/device/open_device_store'
import type { Person } from '#pwa/device/types'
import { Engine } from '#pwa/sync/engine'
import { fetchTransport, type Transport } from '#pwa/sync/transport'
import { servingOnMariadb } from '#tests/fuzz/on_mariadb'
import { randomFrom } from '#tests/fuzz/random'
import { PoorLine, type Fault } from '#tests/line/poor_line'
import type { Proof } from '#tests/proofs/brute_force'

/** Histories of two devices that treat one patient. */
export const runs = 2_000

const STEPS = 10
/** Of the connections that a device opens. */
const FAULTY = 0.4
/** Rounds on a good line after which two devices agree, whatever came before. */
const MOST_ROUNDS = 30

/**
 * Two devices with the app's own store and engine talk to the whole server through a line that refuses, cuts and loses.
 * Whatever they were told, in the end both are quiet and hold what the server holds; every note that was written is
 * there once, and every correction is the consultation's present version or a former one.
 */
export async function prove({ runs: histories, seed, log }: Proof): Promise<void> {
  await servingOnMariadb(async (origin) => {
    const random = randomFrom(seed)
    const told = { notes: 0, corrections: 0, conflicts: 0, faults: 0, rounds: 0 }
    for (let n = 0; n < histories; n++) {
      const history = await History.begin(Number(origin.port), random, told)
      try {
        await history.happen()
        await history.settle()
        await history.check()
      } catch (error) {
        throw new Error(`history ${n} of seed ${seed}: ${history.steps.join(', ')}`, { cause: error })
      } finally {
        await history.end()
      }
      if ((n + 1) % 200 === 0) log(`${n + 1} histories: ${JSON.stringify(told)}`)
    }
    if (!told.faults || !told.conflicts) throw new Error(`nothing went wrong: ${JSON.stringify(told)}`)
    log(`${histories} histories: ${JSON.stringify(told)}`)
  })
}

interface Device {
  store: DeviceStore
  engine: Engine
  line: PoorLine
}

type Told = Record<'notes' | 'corrections' | 'conflicts' | 'faults' | 'rounds', number>

const CLOCK: Clock = {
  now: () => Date.now(),
  steady: () => performance.now(),
  after(milliseconds, work) {
    const timer = setTimeout(work, milliseconds).unref()
    return () => clearTimeout(timer)
  },
}

class History {
  readonly steps: string[] = []
  private isGood = true
  private readonly notes = new Set<string>()
  private readonly reasons = new Set<string>()

  private constructor(
    private readonly random: () => number,
    private readonly told: Told,
    private readonly patient: string,
    private readonly consultation: string,
    private readonly devices: Device[]
  ) {}

  static async begin(port: number, random: () => number, told: Told): Promise<History> {
    const { callerOf, someone } = await import('#tests/acting')
    const { aPatient } = await import('#tests/functional/patients/some_patient')
    const { registerPatient } = await import('#app/patients/register_patient')
    const { assignDoctor } = await import('#app/doctors/assign_doctor')
    const { recordConsultation } = await import('#app/consultations/record_consultation')
    const [one, other] = [await someone('doctor'), await someone('doctor')]
    const { uuid: patient } = await registerPatient(callerOf(one), aPatient())
    await assignDoctor(callerOf(), { patient_id: patient, doctor_id: other.uuid })
    const held = { patient_id: patient, date: new Date().toISOString(), reason: 'Au début' }
    const { uuid: consultation } = await recordConsultation(callerOf(one), held)
    const devices: Device[] = []
    const history = new History(random, told, patient, consultation, devices)
    for (const user of [one, other]) devices.push(await history.openDevice(user, port))
    for (const device of devices) await history.round(device)
    history.isGood = false
    return history
  }

  private async openDevice(user: { id: number; uuid: string }, port: number): Promise<Device> {
    const { handDevice } = await import('#tests/acting')
    const { newUuid } = await import('#app/core/ids')
    const deviceId = newUuid()
    const credential = await handDevice(deviceId, user)
    const line = await PoorLine.to(port, { nextFault: () => this.nextFault() })
    const around = { indexedDB: new IDBFactory(), crypto: globalThis.crypto, clock: CLOCK, name: 'line', iterations: 1 }
    const store = openDeviceStore(around)
    const person: Person = { id: user.uuid, name: 'Test', email: null, roles: [], permissions: [], language: 'fr' }
    const known = { deviceId, credential, expiresAt: '2099-01-01T00:00:00Z' }
    await store.lockbox.look()
    await store.lockbox.create('une phrase de passe', person, known)
    const origin = `http://127.0.0.1:${line.port}`
    const transport = fetchTransport({ origin, credential: async () => credential, language: () => 'fr' })
    return { store, engine: new Engine(store, oneConnectionEach(transport, line)), line }
  }

  private nextFault(): Fault | null {
    if (this.isGood || this.random() > FAULTY) return null
    this.told.faults++
    const afterBytes = Math.floor(this.random() * 3_000)
    const faults: Fault[] = [
      { kind: 'refused' },
      { kind: 'request_cut', afterBytes },
      { kind: 'answer_lost' },
      { kind: 'answer_cut', afterBytes },
    ]
    return faults[Math.floor(this.random() * faults.length)]!
  }

  async happen() {
    for (let step = 0; step < STEPS; step++) {
      const which = Math.floor(this.random() * 2)
      const device = this.devices[which]!
      const choice = this.random()
      if (choice < 0.25) await this.note(device, which)
      else if (choice < 0.55) await this.correct(device, which)
      else await this.talk(device, which)
    }
  }

  private async note({ store }: Device, which: number) {
    const text = `Note ${which} ${this.told.notes++}`
    this.steps.push(`${which} writes`)
    const data = { patient_id: this.patient, type: 'note', description: text }
    const { id } = await store.writing.write({ name: 'records.add', scope: this.patient, data })
    this.notes.add(id)
  }

  private async correct({ store }: Device, which: number) {
    const reason = `Motif ${which} ${this.told.corrections++}`
    this.steps.push(`${which} corrects`)
    await store.writing.write({
      name: 'consultations.correct',
      id: this.consultation,
      scope: this.patient,
      data: { reason },
    })
    this.reasons.add(reason)
  }

  private async talk(device: Device, which: number) {
    this.steps.push(`${which} talks`)
    await this.round(device)
  }

  private async round({ engine, store }: Device) {
    this.told.rounds++
    await engine.round()
    for (const { state, mutationId, theirs, data } of store.outbox.peek()) {
      if (state === 'refused') throw new Error(`refused: ${JSON.stringify(store.outbox.peek())}`)
      if (state !== 'conflict') continue
      this.told.conflicts++
      // Mine, theirs, or something third, as a person would choose.
      const choice = this.random()
      const third = `Motif commun ${this.told.conflicts}`
      if (choice > 0.66) this.reasons.add(third)
      const reason = choice < 0.33 ? data.reason : choice < 0.66 ? theirs!.data.reason : third
      await store.writing.settle(mutationId, { reason })
    }
  }

  /** The line is good from now on. */
  async settle() {
    this.isGood = true
    for (const { line } of this.devices) line.cut()
    for (let round = 0; round < MOST_ROUNDS; round++) {
      for (const device of this.devices) await this.round(device)
      const isQuiet = this.devices.every(({ store }) => store.outbox.peek().length === 0)
      const [one, other] = await this.held()
      if (isQuiet && one === other && one !== undefined) return
    }
    const left = this.devices.map(({ store, engine }) => ({ outbox: store.outbox.peek(), state: engine.state.peek() }))
    throw new Error(`the devices did not come to rest: ${JSON.stringify(left)} ${(await this.held()).join('\n')}`)
  }

  /** What each device shows of the chart, in one order. */
  private held(): Promise<string[]> {
    return Promise.all(
      this.devices.map(async ({ store }) => {
        const held = [await store.record('consultation', this.consultation)]
        for (const id of [...this.notes].sort()) held.push(await store.record('medical_record', id))
        return JSON.stringify(held.map((each) => each && plain(each.data)))
      })
    )
  }

  async check() {
    const { callerOf, someone } = await import('#tests/acting')
    const { openConsultation } = await import('#app/consultations/find_consultations')
    const { consultationHistory } = await import('#app/charts/histories')
    const { default: db } = await import('@adonisjs/lucid/services/db')
    const caller = callerOf(await reader(someone))
    const present = await openConsultation(caller, { id: this.consultation })
    const { rows } = await consultationHistory(caller, { id: this.consultation, limit: 100 })
    const versions = new Set(rows.map(({ row }) => row.reason))
    const lost = [...this.reasons].filter((reason) => !versions.has(reason))
    if (lost.length) throw new Error(`in no version: ${lost.join(', ')}; there are ${[...versions].join(', ')}`)
    const made = await db.from('medical_records').whereIn('uuid', [...this.notes, ''])
    if (made.length !== this.notes.size)
      throw new Error(`${this.notes.size} notes were written, ${made.length} are there`)
    const [shown] = await this.held()
    if (!shown!.includes(JSON.stringify(present.reason))) throw new Error(`the devices show ${shown}`)
  }

  async end() {
    for (const { store, line } of this.devices) {
      store.close()
      await line.end()
    }
  }
}

let readsAll: Promise<never> | undefined
const reader = (someone: (...roles: string[]) => Promise<unknown>) => (readsAll ??= someone('admin') as Promise<never>)

/** A record without what only one of two readers may be told. */
const plain = ({ updated_at: _, ...data }: RecordData) => data

/** A fault belongs to a connection, so that each call has one of its own. */
function oneConnectionEach(transport: Transport, line: PoorLine): Transport {
  return {
    async exchange(request) {
      try {
        return await transport.exchange(request)
      } finally {
        line.cut()
      }
    },
    async *load(query) {
      try {
        yield* transport.load(query)
      } finally {
        line.cut()
      }
    },
  }
}
