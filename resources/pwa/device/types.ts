import type {
  Entity,
  MutationName,
  MutationResult,
  ProblemBody,
  RecordData,
  ServerVersion,
  Unreadable,
} from '#app/sync/protocol'

/** Where a record of this device stands: as the server has it, or with work on top that is not sent, refused, or in conflict. */
export type Standing = 'sent' | 'waiting' | 'refused' | 'conflict'

/** A record as its reader sees it: the server's, with the device's own unsent work on top. */
export interface Held<Data extends RecordData = RecordData> {
  entity: Entity
  id: string
  /** The patient's id. */
  scope: string
  data: Data
  standing: Standing
  /** When the device wrote it last, for what is not sent. */
  writtenAt?: string
}

/** What tells patients apart and what is looked for; all of them are in memory while the device is open. */
export interface PatientEntry {
  id: string
  mrn: string
  familyName: string
  givenName: string
  sex: 'female' | 'male' | 'other' | 'unknown'
  /** 'YYYY-MM-DD' */
  dob: string
  phone: string | null
  nationalId: string | null
  standing: Standing
}

export interface Chart {
  patient: Held
  consultations: Held[]
  prescriptions: Held[]
  records: Held[]
  labResults: Held[]
  addenda: Held[]
}

/** A chart that the server cannot read: what the device has of it may be old, or nothing. */
export interface UnreadableChart extends Unreadable {
  /** By the server's clock, ISO 8601. */
  since: string
}

/** A consultation of today, whoever's it is among the device's patients. */
export interface TodayItem {
  consultation: Held
  patient: PatientEntry
}

/** What a screen asks to be written. */
export interface WriteOrder {
  name: MutationName
  /** Of the record; made here for a new one. */
  id?: string
  /** The patient's id; for `patients.register` it is the record's own. */
  scope: string
  /** The use-case's input without id and version; of a correction only the fields that changed. */
  data: Record<string, unknown>
  /** Mutations without which this makes no sense; what is known of unsent records is added by itself. */
  dependsOn?: string[]
  /** The draft that it was made of goes in the same moment. */
  draft?: string
}

export type OutboxState = 'waiting' | 'sending' | 'refused' | 'conflict' | 'deferred' | 'acknowledged' | 'set_aside'

/** One write of this device, kept until 45 days after its acknowledgement; what was never acknowledged is never dropped. */
export interface OutboxItem {
  mutationId: string
  clientSeq: number
  name: MutationName
  entity: Entity
  recordId: string
  scope: string
  data: Record<string, unknown>
  base: Record<string, unknown> | null
  baseVersion: number | null
  lost?: Record<string, unknown>[]
  dependsOn: string[]
  writtenAt: string
  state: OutboxState
  /** Of a refusal. */
  problem?: ProblemBody
  /** Of a conflict. */
  theirs?: ServerVersion
  acknowledgedAt?: string
  result?: MutationResult['status']
  late?: true
  /** Stood in the outbox when a backup was restored, or was acknowledged since that backup. */
  again?: 1
}

/** Why the device cannot go on by itself. */
export type Need =
  /** The credential is over: work goes on, sending takes a sign-in. */
  | 'sign_in'
  /** Somebody revoked the device: unsent work can be exported, then its key goes. */
  | 'revoked'
  /** The browser has no more room: downloads stop, writes go on. */
  | 'room'

export type SyncPhase = 'idle' | 'offline' | 'loading' | 'sending' | 'pulling'

export interface SyncState {
  phase: SyncPhase
  /** Of the first load, or of a chart that is newly theirs. */
  loaded: number
  total: number
  /** When device and server last agreed, ISO 8601. */
  agreedAt: string | null
  /** The last failure that was not for lack of a network. */
  problem: ProblemBody | null
}

export interface Person {
  id: string
  name: string
  email: string | null
  roles: string[]
  permissions: string[]
  language: 'fr' | 'en'
}

export interface DeviceCredential {
  deviceId: string
  credential: string
  expiresAt: string
}
