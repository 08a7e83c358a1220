import { BasePolicy } from '@adonisjs/bouncer'
import type { Actor } from '#app/core/actor'

interface Doctor {
  id: number
}

export default class DoctorPolicy extends BasePolicy {
  viewAny(user: Actor) {
    return user.can('doctors.view')
  }

  view(user: Actor, doctor: Doctor) {
    return isOneself(user, doctor) || user.can('doctors.view')
  }

  /** Whom somebody used to treat is for whoever assigns patients, and for themself. */
  viewPatients(user: Actor, doctor: Doctor, { ended }: { ended?: string }) {
    if (ended !== 'true') return this.view(user, doctor)
    return isOneself(user, doctor) || user.can('patients.assign_doctor')
  }
}

export function isOneself(user: Actor, { id }: Doctor): boolean {
  return user.id !== null && user.id === id
}
