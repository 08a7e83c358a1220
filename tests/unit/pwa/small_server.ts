import { createHash } from 'node:crypto'
import { fieldsInConflict } from '#app/sync/merging'
import {
  MUTATIONS,
  type BootstrapLine,
  type Change,
  type Entity,
  type Mutation,
  type MutationResult,
  type ProblemBody,
  type RecordData,
  type SyncAnswer,
  type SyncRequest,
} from '#app/sync/protocol'
import { LoadRefused, NoNetwork, type LoadQuery, type Transport } from '#pwa/sync/transport'

interface Kept {
  entity: Entity
  scope: string
  version: number
  data: RecordData
  history: Record<string, unknown>[]
}

type Fault = 'lost request' | 'lost answer' | ProblemBody

export const problem = (status: number, code: string, extra = {}): ProblemBody => {
  return { type: `/problems/${code}`, title: code, status, code, ...extra }
}

/** As much of a server as a device can tell from outside; the real one is driven by the proofs. */
export class SmallServer implements Transport {
  epoch = '01890000-0000-7000-8000-00000000e001'
  restoredTo: string | null = null
  records = new Map<string, Kept>()
  granted = new Set<string>()
  calls: SyncRequest[] = []
  loads: LoadQuery[] = []
  /** What happens to the next calls; then all goes well. */
  faults: (Fault | null)[] = []
  /** A load is cut after so many charts. */
  cutAfter = Infinity
  /** Whatever is sent with a pull is done, and nothing of it told. */
  failsPulls = false
  /** Whether it knows of whom a consultation is. */
  isStrict = false
  /** Charts that cannot be read, each with the consultation at fault. */
  damaged = new Map<string, string>()
  refuses: (mutation: Mutation) => ProblemBody | null = () => null
  time = '2026-03-10T09:00:00.000Z'
  /** Changes up to this one are forgotten. */
  forgotten = 0
  private done = new Map<string, { body: string; status: 'applied' | 'conflict'; id: string }>()
  private changes: { scope: string; entity: Entity; id: string; op: 'upsert' | 'delete'; version: number }[] = []

  /** Somebody else writes. */
  write(entity: Entity, scope: string, data: RecordData) {
    const former = this.records.get(data.id)
    this.keep(entity, scope, { ...former?.data, ...data })
  }

  remove(id: string) {
    const { entity, scope, version } = this.records.get(id)!
    this.records.delete(id)
    this.changes.push({ entity, scope, id, op: 'delete', version: version + 1 })
  }

  patient(id: string, data: Record<string, unknown> = {}) {
    this.granted.add(id)
    this.write('patient', id, { id, mrn: `M-${id.slice(-4)}`, family_name: 'Diallo', given_name: 'Awa', ...data })
  }

  copy() {
    const { records, done, changes } = this
    return structuredClone({ records, done, changes })
  }

  restore(copy: ReturnType<SmallServer['copy']>, { epoch, restoredTo }: { epoch: string; restoredTo: string }) {
    Object.assign(this, structuredClone(copy), { epoch, restoredTo })
  }

  async exchange(request: SyncRequest): Promise<SyncAnswer | ProblemBody> {
    const fault = this.faults.shift()
    if (fault === 'lost request') throw new NoNetwork('lost')
    if (fault && fault !== 'lost answer') return fault
    this.calls.push(structuredClone(request))
    const answer = structuredClone(this.answer(structuredClone(request)))
    if (fault === 'lost answer') throw new NoNetwork('lost')
    if (this.failsPulls && request.cursor !== null) return problem(500, 'internal')
    return answer
  }

  async *load({ after, patients, today }: LoadQuery): AsyncIterable<BootstrapLine> {
    this.loads.push({ after, patients, today })
    const fault = this.faults.shift()
    if (fault && typeof fault === 'object') throw new LoadRefused(fault)
    if (fault) throw new NoNetwork('lost')
    const ids = [...this.granted].filter((id) => this.records.has(id)).sort()
    const asked = ids.filter((id) => (!after || id > after) && (!patients || patients.includes(id)) && !today)
    yield { kind: 'begin', epoch: this.epoch, cursor: this.cursor(), patients: asked.length, server_time: this.time }
    let sent = 0
    for (const id of asked) {
      if (sent++ >= this.cutAfter) throw new NoNetwork('cut')
      const broken = this.damaged.get(id)
      if (broken) {
        yield { kind: 'unreadable', patient: id, entity: 'consultation', id: broken }
        continue
      }
      const all = [...this.records.values()].filter(({ scope }) => scope === id)
      const records = all.filter(({ data }) => data.id !== id).map(({ entity, data }) => ({ entity, data }))
      yield structuredClone({ kind: 'chart' as const, patient: this.records.get(id)!.data, records })
    }
    yield { kind: 'end' }
  }

  private cursor() {
    return JSON.stringify([this.epoch, this.changes.length])
  }

  private answer(request: SyncRequest): SyncAnswer | ProblemBody {
    if (request.epoch && request.epoch !== this.epoch)
      return problem(409, 'epoch_changed', { epoch: this.epoch, restored_to: this.restoredTo })
    const after = request.cursor === null ? null : (JSON.parse(request.cursor)[1] as number)
    if (after !== null && after < this.forgotten) return problem(410, 'cursor_expired')
    const sent = new Map<string, MutationResult['status']>()
    const results = request.mutations.map((mutation) => {
      const result = this.apply(mutation, sent)
      sent.set(mutation.mutation_id, result.status)
      return result
    })
    const told = { epoch: this.epoch, results, server_time: this.time }
    const nothing = {
      changes: [],
      cursor: null,
      has_more: false,
      add_scopes: [],
      purge_scopes: [],
      scopes_differ: false,
      unreadable: [],
    }
    if (after === null) return { ...told, ...nothing }
    const most = after + (request.limit ?? 500)
    const seen = this.changes.slice(after, most)
    const theirs = seen.filter(({ scope }) => this.granted.has(scope))
    const unreadable = [...new Set(theirs.map(({ scope }) => scope))].flatMap((scope) => {
      const id = this.damaged.get(scope)
      return id ? [{ scope, entity: 'consultation' as const, id }] : []
    })
    return {
      ...told,
      unreadable,
      changes: theirs
        .filter(({ scope }) => !this.damaged.has(scope))
        .flatMap((each, index) => this.told(each, after + index)),
      cursor: JSON.stringify([this.epoch, after + seen.length]),
      has_more: this.changes.length > most,
      ...this.scopes(request),
    }
  }

  private scopes({ scopes, scopes_digest }: SyncRequest) {
    const granted = [...this.granted].sort()
    const digest = createHash('sha256').update(granted.join('\n')).digest('hex')
    const differ = !scopes && scopes_digest !== digest
    const add = scopes ? granted.filter((id) => !scopes.includes(id)) : []
    const purge = (scopes ?? []).filter((id) => !this.granted.has(id))
    return { add_scopes: add, purge_scopes: purge, scopes_differ: differ }
  }

  private told(change: (typeof this.changes)[number], seq: number): Change[] {
    const { op, entity, id, scope, version } = change
    if (op === 'delete') return [{ seq, op, entity, id, scope, version }]
    const row = this.records.get(id)
    return row ? [{ seq, op, entity, id, scope, version: row.version, data: row.data }] : []
  }

  private apply(mutation: Mutation, sent: Map<string, MutationResult['status']>): MutationResult {
    const { mutation_id, client_generated_uuid: id, depends_on, name } = mutation
    const kept = this.done.get(mutation_id)
    const body = JSON.stringify(mutation)
    if (kept && kept.body !== body) return rejected(mutation_id, problem(422, 'mutation_id_reused'))
    if (kept?.status === 'conflict') return this.conflict(mutation)
    const row = this.records.get(id)
    if (kept && !this.granted.has(row!.scope)) return { mutation_id, status: 'duplicate', version: row!.version }
    if (kept) return { mutation_id, status: 'duplicate', version: row!.version, data: row!.data }
    const fails = (one: string) =>
      sent.has(one) ? !['applied', 'duplicate'].includes(sent.get(one)!) : this.done.get(one)?.status !== 'applied'
    if (depends_on.some(fails)) return { mutation_id, status: 'deferred' }
    const refusal = this.refuses(mutation)
    if (refusal?.status === 503) return { mutation_id, status: 'retry', http_status: 503 }
    if (refusal) return rejected(mutation_id, refusal)
    const about = String(mutation.data.patient_id ?? id)
    if (name === 'consultations.record' && this.isStrict && !this.records.has(about))
      return rejected(mutation_id, problem(404, 'not_found'))
    if (!MUTATIONS[name].creates && !row) return rejected(mutation_id, problem(404, 'not_found'))
    const isStale = row && mutation.base_version !== row.version
    if (!MUTATIONS[name].creates && isStale && this.conflicts(mutation, row)) {
      this.done.set(mutation_id, { body, status: 'conflict', id })
      return this.conflict(mutation)
    }
    this.done.set(mutation_id, { body, status: 'applied', id })
    const { consultation, patient_id, ...data } = mutation.data as Record<string, string>
    const scope = row?.scope ?? (MUTATIONS[name].entity === 'patient' ? id : (patient_id ?? this.scopeOf(mutation)))
    for (const values of mutation.lost ?? []) this.keep(MUTATIONS[name].entity, scope, { ...row?.data, ...values, id })
    const present = this.keep(MUTATIONS[name].entity, scope, { ...this.records.get(id)?.data, ...data, id })
    if (name === 'patients.register') this.granted.add(id)
    return { mutation_id, status: 'applied', version: present.version, data: present.data }
  }

  private conflicts({ name, base, data, base_version }: Mutation, row: Kept) {
    if (!Object.keys(data).length) return base_version !== row.version
    return fieldsInConflict(MUTATIONS[name].entity, base!, data, row.data).length > 0
  }

  private conflict({ mutation_id, client_generated_uuid: id, base_version, data }: Mutation): MutationResult {
    const row = this.records.get(id)!
    const server = { version: row.version, updated_at: this.time, updated_by: null, data: row.data }
    const client = { base_version, data }
    return { mutation_id, status: 'conflict', http_status: 409, server_version: server, client_version: client }
  }

  private keep(entity: Entity, scope: string, data: RecordData): Kept {
    const former = this.records.get(data.id)
    const version = (former?.version ?? 0) + 1
    const history = [...(former?.history ?? []), ...(former ? [former.data] : [])]
    const kept = { entity, scope, version, data: { ...data, version }, history }
    this.records.set(data.id, kept)
    this.changes.push({ entity, scope, id: data.id, op: 'upsert', version })
    return kept
  }

  private scopeOf({ data }: Mutation) {
    const about = this.records.get(String(data.consultation ?? data.record_id))
    return about!.scope
  }
}

const rejected = (mutation_id: string, refusal: ProblemBody): MutationResult => {
  return { mutation_id, status: 'rejected', http_status: refusal.status, problem: refusal }
}
