import type { KeyObject } from 'node:crypto'
import type { LucidRow } from '@adonisjs/lucid/types/model'

type RowMember =
  '$attributes' | '$dirty' | '$extras' | '$isPersisted' | '$options' | '$original' | '$trx' | 'save' | 'useTransaction'

/** Who has a data key: a patient for all of their chart, a user for what proves that it is them. */
export type KeySubjectType = 'patient' | 'user'

type KeySubject = string | { type: KeySubjectType; uuid: string }

/** A row with encrypted columns. `keySubject` names the patient whose data key seals it, or the user by type and uuid. */
export interface SealedRow extends Pick<LucidRow, RowMember> {
  uuid: string
  $dataKey?: { id: Buffer; key: KeyObject }
  keySubject(): KeySubject | Promise<KeySubject>
}

/** What an audit entry says of a record. */
export interface AuditIdentity {
  entity: string
  entityUuid: string
  patientUuid: string | null
}

/** A row of a clinical table: versioned, sealed by its patient's key, followed by offline devices. */
export interface ClinicalRow extends SealedRow {
  version: number
  createdAt: Date
  updatedAt: Date
  auditIdentity(): AuditIdentity
}
