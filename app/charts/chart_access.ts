import type { ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'
import type { Actor } from '#app/core/actor'
import type { Caller } from '#app/core/caller'
import { openedBy, treatedBy } from '#app/patients/care_sql'
import type Patient from '#app/patients/patient'

/**
 * By what right somebody reads clinical text: it is their own, they treat the patient, an emergency, what they wrote while
 * they did, or they administer.
 */
export type ChartAccess = 'own' | 'treats' | 'emergency' | 'late' | 'admin_view'

/** What `Patient.ownerSeenBy` and `seenBy` load. */
export type ChartOwner = Pick<Patient, 'isOwnChartOf' | 'isTreatedByCaller' | 'isOpenInEmergency' | 'wasTreatedLately'>

/** The first right that holds; null for none. */
export function chartAccess(user: Actor, owner: ChartOwner): ChartAccess | null {
  if (owner.isOwnChartOf(user)) return 'own'
  if (user.can('charts.view') && owner.isTreatedByCaller) return 'treats'
  if (user.can('charts.view') && owner.isOpenInEmergency) return 'emergency'
  if (user.can('charts.view') && owner.wasTreatedLately) return 'late'
  return user.can('charts.view_any') ? 'admin_view' : null
}

/**
 * Whether this clinician may write into the chart what the permission names: nobody does who does not treat, nor who may
 * not read it, since what is corrected is answered as a whole.
 */
export function mayWrite(user: Actor, owner: ChartOwner, permission: string): boolean {
  const isOpen = owner.isTreatedByCaller || owner.isOpenInEmergency || owner.wasTreatedLately
  return user.can(permission) && user.can('charts.view') && isOpen
}

/** Whether what they write now is work of a time when they still treated the patient. */
export function isLate(owner: ChartOwner): boolean {
  return owner.wasTreatedLately && !owner.isTreatedByCaller && !owner.isOpenInEmergency
}

/** Leaves only rows of charts that this clinician may open, by assignment or in an emergency. */
export function openTo(query: ModelQueryBuilderContract<any>, user: Actor, patientColumn: string) {
  return query.where((either) => {
    void either.whereRaw(...treatedBy(user, patientColumn)).orWhereRaw(...openedBy(user, patientColumn))
  })
}

/**
 * For `access` of a read-case: the right is kept, and what an administrator reads is `admin_view`, which is reviewed.
 */
export function toldAccess(name: string) {
  return ({ user }: Caller, { owner }: { owner: ChartOwner }) => {
    const access = chartAccess(user, owner) ?? 'granted'
    return access === 'admin_view' ? { action: access, details: { access, opened: name } } : { details: { access } }
  }
}

/** The same for a list over many charts: whoever reads every chart is told as such. */
export function toldWideAccess(name: string) {
  return ({ user }: Caller) =>
    user.can('charts.view_any')
      ? { action: 'admin_view', details: { access: 'admin_view', opened: name } }
      : { details: {} }
}
