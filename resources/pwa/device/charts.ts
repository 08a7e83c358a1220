import { batch, computed, signal, type ReadonlySignal, type Signal } from '@preact/signals'
import type { Entity, RecordData } from '#app/sync/protocol'
import type { Core } from '#pwa/device/core'
import { change, metaIn, putMeta } from '#pwa/device/database'
import { PatientIndex } from '#pwa/device/patient_index'
import type { Queue } from '#pwa/device/queue'
import type { Reading, ServerRecord } from '#pwa/device/reading'
import type { Chart, Held, PatientEntry, TodayItem } from '#pwa/device/types'

/** So many charts are followed; the one that was opened longest ago goes first. */
const FOLLOWED = 12
const DAY = 86_400_000

/** What screens look at: patients, the day, and the charts that are open. Follows every change. */
export class Charts {
  private readonly index = new PatientIndex()
  private readonly entries = signal<PatientEntry[]>([])
  private readonly consultations = signal<Held[]>([])
  private readonly followed = new Map<string, Signal<Chart | null>>()

  readonly patients: ReadonlySignal<PatientEntry[]> = this.entries
  readonly today = computed(() => this.itemsOfToday())

  constructor(
    private readonly core: Core,
    private readonly queue: Queue,
    private readonly reading: Reading
  ) {
    core.follow((scopes) => this.refresh(scopes))
  }

  find(text: string, limit: number): PatientEntry[] {
    return this.index.find(text, limit)
  }

  like(of: Parameters<PatientIndex['like']>[0]): PatientEntry[] {
    return this.index.like(of)
  }

  chart(scope: string): ReadonlySignal<Chart | null> {
    const known = this.followed.get(scope)
    const chart = known ?? signal<Chart | null>(null)
    this.followed.delete(scope)
    this.followed.set(scope, chart)
    if (known) return chart
    for (const former of this.followed.keys()) if (this.followed.size > FOLLOWED) this.followed.delete(former)
    void this.core.refresh([scope])
    void this.noteOpened(scope)
    return chart
  }

  forget() {
    this.index.clear()
    this.entries.value = []
    this.consultations.value = []
    for (const chart of this.followed.values()) chart.value = null
    this.followed.clear()
  }

  private async refresh(scopes: string[] | 'all'): Promise<void> {
    if (scopes === 'all') await this.readAll()
    else await this.readPatients([...new Set(scopes)])
    for (const [scope, chart] of this.followed) {
      if (scopes === 'all' || scopes.includes(scope)) chart.value = chartFrom(await this.reading.chart(scope))
    }
  }

  /** First who they are, so that they can be looked for while the rest is read. */
  private async readAll(): Promise<void> {
    this.index.clear()
    this.consultations.value = []
    for await (const patients of this.eachWith('patient')) {
      for (const patient of patients) this.note(patient.id, patient)
      this.entries.value = this.index.entries()
    }
    for await (const records of this.eachWith('consultation'))
      this.consultations.value = [...this.consultations.value, ...records.filter((held) => this.isNear(held))]
  }

  /** What the server has with what is written here, then what only is here. */
  private async *eachWith(entity: Entity): AsyncIterable<Held[]> {
    const seen = new Set<string>()
    for await (const rows of this.reading.all(entity)) {
      for (const { id } of rows) seen.add(id)
      yield present(rows.map((row: ServerRecord) => this.reading.onTop(row, entity, row.id)))
    }
    const made = this.queue.peek().filter((item) => item.entity === entity && !seen.has(item.recordId))
    const ids = [...new Set(made.map(({ recordId }) => recordId))]
    yield present(ids.map((id) => this.reading.onTop(null, entity, id)))
  }

  /** Shown at once: a screen that is drawn for each of many costs more than reading them. */
  private async readPatients(scopes: string[]): Promise<void> {
    const charts = await Promise.all(scopes.map((scope) => this.reading.chart(scope, ['patient', 'consultation'])))
    for (const [at, scope] of scopes.entries())
      this.note(
        scope,
        charts[at]!.find(({ entity }) => entity === 'patient')
      )
    const near = charts.flat().filter((held) => held.entity === 'consultation' && this.isNear(held))
    const others = this.consultations.value.filter(({ scope }) => !scopes.includes(scope))
    batch(() => {
      this.entries.value = this.index.entries()
      if (near.length || others.length < this.consultations.value.length)
        this.consultations.value = [...others, ...near]
    })
  }

  private note(id: string, patient: Held | undefined) {
    if (patient) this.index.put(entryOf(patient))
    else this.index.remove(id)
  }

  /** Only those around this moment stay in memory. */
  private isNear({ data }: Held): boolean {
    return Math.abs(Date.parse(String(data.date)) - this.core.around.clock.now()) < 2 * DAY
  }

  private itemsOfToday(): TodayItem[] {
    const today = dayOf(this.core.around.clock.now())
    const known = new Map(this.entries.value.map((entry) => [entry.id, entry]))
    return this.consultations.value
      .filter(({ data, scope }) => known.has(scope) && dayOf(Date.parse(String(data.date))) === today)
      .sort((one, other) => Date.parse(String(one.data.date)) - Date.parse(String(other.data.date)))
      .map((consultation) => ({ consultation, patient: known.get(consultation.scope)! }))
  }

  private async noteOpened(scope: string): Promise<void> {
    const at = this.core.around.clock.now()
    const database = await this.core.database()
    await change(database, ['meta'], async (tx) => {
      await putMeta(tx, 'opened', { ...(await metaIn(tx, 'opened')), [scope]: at })
    }).catch(() => {
      // It only says what may go first when there is no more room.
    })
  }
}

const present = (held: (Held | null)[]) => held.filter((each) => each !== null)

/** Where the device is. */
const dayOf = (milliseconds: number) => new Date(milliseconds).toDateString()

function entryOf({ id, data, standing }: Held): PatientEntry {
  const text = (value: unknown) => String(value ?? '')
  return {
    id,
    mrn: text(data.mrn),
    familyName: text(data.family_name),
    givenName: text(data.given_name),
    sex: (data.sex ?? 'unknown') as PatientEntry['sex'],
    dob: text(data.dob),
    phone: (data.phone ?? null) as string | null,
    nationalId: (data.national_id ?? null) as string | null,
    standing,
  }
}

/** The latest first; addenda as they were added. */
function chartFrom(records: Held[]): Chart | null {
  const patient = records.find(({ entity }) => entity === 'patient')
  if (!patient) return null
  const of = (entity: Entity, instant: string, sign: 1 | -1) =>
    records
      .filter((held) => held.entity === entity)
      .sort((one, other) => sign * (at(one.data, instant) - at(other.data, instant)))
  return {
    patient,
    consultations: of('consultation', 'date', -1),
    prescriptions: of('prescription', 'prescribed_at', -1),
    records: of('medical_record', 'timeline_at', -1),
    labResults: of('lab_result', 'result_date', -1),
    addenda: of('addendum', 'created_at', 1),
  }
}

const at = (data: RecordData, instant: string) => Date.parse(String(data[instant] ?? data.created_at)) || 0
