// What the server and the app in the field say to each other. Shared by both, so that this file imports nothing.

export const PROTOCOL = 1

/** Bounds of one call. Bytes are those of its JSON. */
export const LIMITS = { mutations: 200, bytes: 2 * 1024 * 1024, changes: 500, scopes: 5000 } as const

/** How long things are kept, in days. */
export const KEPT_DAYS = { mutations: 180, changes: 90, acknowledged: 45, credential: 30, late: 30 } as const

/** The records that devices hold; as the audit names them. */
export const ENTITIES = ['patient', 'consultation', 'prescription', 'medical_record', 'lab_result', 'addendum'] as const
export type Entity = (typeof ENTITIES)[number]

/** The use-cases that a device may send, with the entity that each makes or changes. */
export const MUTATIONS = {
  'patients.register': { entity: 'patient', creates: true },
  'patients.correct': { entity: 'patient', creates: false },
  'consultations.record': { entity: 'consultation', creates: true },
  'consultations.correct': { entity: 'consultation', creates: false },
  'consultations.cancel': { entity: 'consultation', creates: false },
  'consultations.add_addendum': { entity: 'addendum', creates: true },
  'prescriptions.prescribe': { entity: 'prescription', creates: true },
  'prescriptions.amend': { entity: 'prescription', creates: false },
  'prescriptions.stop': { entity: 'prescription', creates: false },
  'prescriptions.add_addendum': { entity: 'addendum', creates: true },
  'records.add': { entity: 'medical_record', creates: true },
  'records.amend': { entity: 'medical_record', creates: false },
  'records.add_addendum': { entity: 'addendum', creates: true },
  'labs.enter': { entity: 'lab_result', creates: true },
  'labs.amend': { entity: 'lab_result', creates: false },
  'labs.validate': { entity: 'lab_result', creates: false },
  'labs.add_addendum': { entity: 'addendum', creates: true },
} as const satisfies Record<string, { entity: Entity; creates: boolean }>
export type MutationName = keyof typeof MUTATIONS

/** A record as the API shows it; every one has its id. */
export type RecordData = { id: string; version?: number } & Record<string, unknown>

/** One write of a device. Its instants order nothing; `client_seq` does, on one device. */
export interface Mutation {
  /** A uuid of version 7, made once and kept through every repetition. */
  mutation_id: string
  client_seq: number
  name: MutationName
  /** The record's own id, so that creating it twice makes one. */
  client_generated_uuid: string
  /** What the device had before it; null for a new record. */
  base_version: number | null
  /** `formerValues`, by which fields that both sides left apart merge; null for a new record. */
  base: Record<string, unknown> | null
  /** The use-case's input without id and version. */
  data: Record<string, unknown>
  /** Mutations without which this one makes no sense: a prescription and its consultation. */
  depends_on: string[]
  client_updated_at: string
  /**
   * The losing values of conflicts that this one settles, the earliest first: each becomes a version of the record, so that
   * history has all sides. More than one where a choice met another change before it arrived.
   */
  lost?: Record<string, unknown>[]
}

export interface SyncRequest {
  protocol: typeof PROTOCOL
  device_id: string
  /** Null before the first answer. */
  epoch: string | null
  /** Null before the first load is complete: nothing is pulled then. */
  cursor: string | null
  limit?: number
  mutations: Mutation[]
  /** Of the patients whose charts the device holds: SHA-256, hexadecimal, of their sorted ids joined by line breaks. */
  scopes_digest?: string
  /** These ids themselves, once the server has said `scopes_differ`. */
  scopes?: string[]
}

/** A refusal as the API tells it (RFC 9457). */
export interface ProblemBody {
  type: string
  title: string
  status: number
  detail?: string
  code: string
  errors?: { pointer: string; code: string; detail?: string }[]
  [member: string]: unknown
}

export interface ServerVersion {
  version: number
  updated_at: string
  /** Who changed it last, by uuid; null where nobody knows. */
  updated_by: string | null
  data: RecordData
}

interface Told {
  mutation_id: string
}

/** Done, now or before; `late` where it is work for a patient whom the caller treats no more. */
export interface Applied extends Told {
  status: 'applied' | 'duplicate'
  version: number
  late?: true
  /** The record as it stands now; left out of a `duplicate` whose author may read it no more. */
  data?: RecordData
}

export interface Conflicted extends Told {
  status: 'conflict'
  http_status: 409
  server_version: ServerVersion
  client_version: { base_version: number | null; data: Record<string, unknown> }
}

/** The server will not do it as it is: corrected it is another mutation. */
export interface Rejected extends Told {
  status: 'rejected'
  http_status: number
  problem: ProblemBody
}

/** Not tried, since one of `depends_on` was not applied. */
export interface Deferred extends Told {
  status: 'deferred'
}

/** Could not be tried now; the same mutation may be sent again. */
export interface Retry extends Told {
  status: 'retry'
  http_status: 503 | 429
}

export type MutationResult = Applied | Conflicted | Rejected | Deferred | Retry

export interface Upsert {
  seq: number
  /** The patient's id. */
  scope: string
  entity: Entity
  id: string
  version: number
  op: 'upsert'
  data: RecordData
}

/** A record that the device is no longer to hold. */
export interface Removal {
  seq: number
  scope: string
  entity: Entity
  id: string
  version: number
  op: 'delete'
}

export type Change = Upsert | Removal

/** A chart of which nothing can be told: this record, perhaps among others, cannot be decrypted. */
export interface Unreadable {
  /** The patient's id. */
  scope: string
  entity: Entity
  id: string
}

export interface SyncAnswer {
  epoch: string
  results: MutationResult[]
  changes: Change[]
  /** Where the next pull begins. An acknowledgement of mutations never moves it. */
  cursor: string | null
  has_more: boolean
  /** Patients whose chart the device has to load by `GET /sync/bootstrap`: newly theirs, or imported anew. */
  add_scopes: string[]
  /** Patients whose chart the device has to forget, once what it holds of them is sent or exported. */
  purge_scopes: string[]
  /** The digest is another than the server's: send `scopes`. */
  scopes_differ: boolean
  /** Charts of which something changed that the server cannot read: none of their changes is told, and the cursor goes on. */
  unreadable: Unreadable[]
  server_time: string
}

/**
 * The lines of `GET /sync/bootstrap`, newline-delimited JSON: one `begin`, one `chart` a patient by id, one `end`. In place
 * of a chart that cannot be read stands `unreadable`, with the record at fault.
 */
export type BootstrapLine =
  | { kind: 'begin'; epoch: string; cursor: string; patients: number; server_time: string }
  | { kind: 'chart'; patient: RecordData; records: { entity: Entity; data: RecordData }[] }
  | { kind: 'unreadable'; patient: string; entity: Entity; id: string }
  | { kind: 'end' }
