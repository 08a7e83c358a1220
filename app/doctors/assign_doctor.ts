import type { Caller } from '#app/core/caller'
import { now } from '#app/core/clock'
import { newUuid } from '#app/core/ids'
import { isDuplicate } from '#app/core/insert_rows'
import { NotFound } from '#app/core/problem'
import { useCase, type RunScope, type Scope } from '#app/core/use_case'
import Assignment from '#app/doctors/assignment'
import { AlreadyAssigned, NotAClinician, NotAssigned } from '#app/doctors/doctor_problems'
import { assignByMrnValidator, assignDoctorValidator } from '#app/doctors/doctor_validator'
import { namedAssignments } from '#app/doctors/open_assignment'
import Patient from '#app/patients/patient'
import PatientPolicy from '#app/patients/patient_policy'
import { withGrants } from '#app/users/grants'
import User from '#app/users/user'
import { UserIsDisabled } from '#app/users/user_problems'

interface Pair {
  doctor_id: string
  patient_id: string
}

async function findPair({ doctor_id, patient_id }: Pair, { caller, trx }: Scope) {
  const patient = await Patient.seenBy(caller.user, trx).where('uuid', patient_id).firstOrFail()
  const doctor = await User.query({ client: trx }).where('uuid', doctor_id).firstOrFail()
  return { patient, doctor, auditIdentity: () => patient.auditIdentity() }
}

/** Numbers can be guessed: whether one is a patient's is not told before the policy has spoken. */
async function findByMrn({ doctor_id, mrn }: { doctor_id: string; mrn: string }, { caller, trx }: Scope) {
  const patient = await Patient.seenBy(caller.user, trx).where('mrn', mrn).first()
  const doctor = await User.query({ client: trx }).where('uuid', doctor_id).first()
  return { patient, doctor, ...(patient ? { auditIdentity: () => patient.auditIdentity() } : {}) }
}

/** An open assignment that is not saved yet. */
export function assign(patient: Patient, doctor: { id: number; uuid: string | null }, { user }: Caller): Assignment {
  const assignment = new Assignment().fill({
    uuid: newUuid(),
    doctorId: doctor.id,
    patientId: patient.id,
    assignedAt: now(),
    assignedBy: user.id,
    isOpen: 1,
  })
  Object.assign(assignment.$extras, {
    patient_uuid: patient.uuid,
    doctor_uuid: doctor.uuid,
    assigner_uuid: user.uuid,
  })
  return assignment
}

interface Found {
  patient: Patient
  doctor: User
}

async function open({ patient, doctor }: Found, { caller, trx, save, note }: RunScope<unknown>) {
  if (doctor.isDisabled) throw new UserIsDisabled()
  await withGrants(doctor, trx)
  if (!doctor.can('patients.treat')) throw new NotAClinician()
  const assignment = assign(patient, doctor, caller)
  try {
    await save(assignment)
  } catch (error) {
    throw isDuplicate(error) ? new AlreadyAssigned() : error
  }
  note({ doctor: doctor.uuid })
  return assignment
}

/** Puts a patient into a clinician's care: from then on the clinician may open the chart. */
export const assignDoctor = useCase({
  name: 'patients.assign_doctor',
  status: 201,
  input: assignDoctorValidator,
  find: findPair,
  policy: [PatientPolicy, 'assignDoctor'],
  run: (scope) => open(scope.subject, scope),
})

/** The same for a person, who has the number and not the uuid of the patient. */
export const assignDoctorByMrn = useCase({
  name: 'patients.assign_doctor',
  status: 201,
  input: assignByMrnValidator,
  find: findByMrn,
  policy: [PatientPolicy, 'assignDoctor'],
  async run(scope) {
    const { patient, doctor } = scope.subject
    if (!patient || !doctor) throw new NotFound('not_found')
    return open({ patient, doctor }, scope)
  },
})

/** Ends an assignment; that it was is kept. */
export const unassignDoctor = useCase({
  name: 'patients.unassign_doctor',
  input: assignDoctorValidator,
  find: findPair,
  policy: [PatientPolicy, 'assignDoctor'],
  async run({ subject: { patient, doctor }, caller, trx, save, note }) {
    const assignment = await namedAssignments(trx)
      .where({ doctor_id: doctor.id, patient_id: patient.id, is_open: 1 })
      .forUpdate()
      .first()
    if (!assignment) throw new NotAssigned()
    await save(assignment.merge({ endedAt: now(), endedBy: caller.user.id, isOpen: null }))
    assignment.$extras.ender_uuid = caller.user.uuid
    note({ doctor: doctor.uuid })
    return assignment
  },
})
