import { hasMany } from '@adonisjs/lucid/orm'
import type { HasMany } from '@adonisjs/lucid/types/relations'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'
import type { Actor } from '#app/core/actor'
import type { AuditIdentity, ClinicalRow } from '#app/core/clinical_row'
import { blindIndexed } from '#app/keys/blind_indexed'
import type { DataKey } from '#app/keys/field_crypto'
import Assignment from '#app/doctors/assignment'
import { openedBy, openPatientsOf, ownedBy, treatedBy, treatedLatelyBy } from '#app/patients/care_sql'
import { comparedNationalId, comparedPhone } from '#app/patients/comparable'
import { PatientSchema } from '#database/schema'

const OWNER = ['id', 'uuid', 'user_id', 'dob', 'retired_at', 'merged_into_id', 'erased_at'].map(
  (name) => `patients.${name}`
)

/**
 * In no list: retired, or merged into another. An expression that no index serves: without figures SQLite would begin
 * with the index of merged_into_id, where almost every patient is null.
 */
export const IS_CURRENT = 'coalesce(patients.retired_at, patients.merged_into_id) is null'

/**
 * Of a row that hangs on a patient, by the column that says on whom: that there is still something to be read. A value and
 * not `exists`, for which MariaDB would first look for all who are erased among all patients.
 */
export const isKept = (column: string) => `(select gone.erased_at from patients gone where gone.id = ${column}) is null`

type PatientQuery = ModelQueryBuilderContract<typeof Patient>

export default class Patient extends PatientSchema implements ClinicalRow {
  @blindIndexed<PatientSchema>({ id: 1, isUnique: true, compared: comparedNationalId })
  declare nationalId: string | null

  @blindIndexed<PatientSchema>({ id: 2, compared: comparedPhone })
  declare phone: string | null

  @hasMany(() => Assignment)
  declare assignments: HasMany<typeof Assignment>

  /** The open assignments, each with its clinician's name, where `include` asks for them. */
  declare openAssignments?: Assignment[]

  declare $dataKey?: DataKey

  keySubject() {
    return this.uuid
  }

  auditIdentity(): AuditIdentity {
    return { entity: 'patient', entityUuid: this.uuid, patientUuid: this.uuid }
  }

  get isRetired() {
    return this.retiredAt !== null && this.retiredAt !== undefined
  }

  /** Whether their keys are destroyed: nothing of them can be read any more. */
  get isErased() {
    return this.erasedAt !== null && this.erasedAt !== undefined
  }

  /** Whether the caller has an open assignment; loaded by `seenBy`, so that policies ask no database. */
  get isTreatedByCaller() {
    return Boolean(this.$extras.is_treated_by_caller)
  }

  /** Whether the caller has opened this chart in an emergency that is not over; loaded by `seenBy`. */
  get isOpenInEmergency() {
    return Boolean(this.$extras.is_open_in_emergency)
  }

  /** Whether the caller treated them until lately; loaded by `seenBy` for what a device brings anew, and for nothing else. */
  get wasTreatedLately() {
    return Boolean(this.$extras.was_treated_lately)
  }

  belongsTo(user: Actor) {
    return user.id !== null && this.userId === user.id
  }

  /** One's own chart takes no permission, so that no ability of a token names it: only a token with all of them opens it. */
  isOwnChartOf(user: Actor) {
    return this.belongsTo(user) && !user.isNarrowed
  }

  /** Rows with what the policy reads of this caller. */
  static seenBy(user: Actor, client: QueryClientContract): PatientQuery {
    return withRights(this.query({ client }).select('patients.*'), user, client)
  }

  /** What tells people apart; nothing of it is encrypted. */
  static readonly SUMMARY = ['id', 'uuid', 'mrn', 'family_name', 'given_name', 'sex', 'dob']

  /** The same for whoever needs a chart's owner and not the identity: no contact is decrypted. */
  static ownerSeenBy(user: Actor, client: QueryClientContract): PatientQuery {
    return withRights(this.query({ client }).select(...OWNER), user, client)
  }

  /** Only what this caller may open: checked by the query, never by filtering afterwards. */
  static visibleTo(user: Actor, client: QueryClientContract): PatientQuery {
    const query = this.query({ client }).select('patients.*')
    if (user.can('patients.view_any')) return query
    const [sql, bindings] = user.can('patients.view') ? openPatientsOf(user) : ownedBy(user)
    return query.joinRaw(`join (${sql}) as seen on seen.patient_id = patients.id`, bindings)
  }
}

function withRights(query: PatientQuery, user: Actor, client: QueryClientContract): PatientQuery {
  const [treated, byUser] = treatedBy(user, 'patients.id')
  const [opened, byUserNow] = openedBy(user, 'patients.id')
  if (user.addsLate) {
    const [lately, byUserOnce] = treatedLatelyBy(user, 'patients.id')
    void query.select(client.raw(`${lately} as was_treated_lately`, byUserOnce) as never)
  }
  return query
    .select(client.raw(`${treated} as is_treated_by_caller`, byUser) as never)
    .select(client.raw(`${opened} as is_open_in_emergency`, byUserNow) as never)
}
