import { BasePolicy } from '@adonisjs/bouncer'
import type { Actor } from '#app/core/actor'
import type Patient from '#app/patients/patient'

export default class PatientPolicy extends BasePolicy {
  view(user: Actor, patient: Patient) {
    if (patient.isOwnChartOf(user) || user.can('patients.view_any')) return true
    const isTheirs = patient.isTreatedByCaller || patient.isOpenInEmergency || patient.wasTreatedLately
    return user.can('patients.view') && isTheirs
  }

  /** Everyone may ask; `Patient.visibleTo` decides what is in the list. */
  viewAny(user: Actor) {
    return user.uuid !== null || user.can('patients.view_any')
  }

  /** Whoever may see everyone, of everyone. */
  viewEvery(user: Actor) {
    return user.can('patients.view_any')
  }

  /** Who treats whom tells of both. */
  viewAssignments(user: Actor) {
    return this.assignDoctor(user) && this.viewEvery(user)
  }

  /** Looking for anybody at all, with name, date of birth, sex and number as the only answer. */
  find(user: Actor) {
    return user.can('patients.find')
  }

  create(user: Actor) {
    return user.can('patients.register')
  }

  /** The answer is the whole record, which is for whoever may open it. */
  update(user: Actor, patient: Patient) {
    const mayCorrect = user.can('patients.correct_any') || this.treats(user, patient, 'patients.correct')
    return mayCorrect && this.view(user, patient)
  }

  delete(user: Actor, patient: Patient) {
    return user.can('patients.retire') && this.view(user, patient)
  }

  assignDoctor(user: Actor) {
    return user.can('patients.assign_doctor')
  }

  private treats(user: Actor, patient: Patient, permission: string) {
    return user.can(permission) && patient.isTreatedByCaller
  }
}
