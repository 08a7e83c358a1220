import { BasePolicy } from '@adonisjs/bouncer'
import type { Actor } from '#app/core/actor'
import { chartAccess, mayWrite } from '#app/charts/chart_access'
import type { InChart } from '#app/charts/find_in_chart'

/** What whoever nurses a patient writes down. */
const OBSERVED = ['vital_signs', 'note']

export default class MedicalRecordPolicy extends BasePolicy {
  view(user: Actor, { owner }: InChart) {
    return chartAccess(user, owner) !== null
  }

  write(user: Actor, { owner, type }: InChart & { type: string }) {
    if (OBSERVED.includes(type) && mayWrite(user, owner, 'medical_records.observe')) return true
    return mayWrite(user, owner, 'medical_records.add')
  }
}
