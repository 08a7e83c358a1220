import { assignDoctorByMrn, unassignDoctor } from '#app/doctors/assign_doctor'
import { ASSIGNMENT_STATES, browseAssignments, openAssignmentRow } from '#app/doctors/browse_assignments'
import { offeredDoctors } from '#admin/resources/offered_doctors'
import { PATIENT } from '#admin/resources/related_charts'
import type { AdminResource } from '#admin/resource'

/** Who treats whom: it opens the chart. */
export const assignments: AdminResource = {
  id: 'assignments',
  group: 'care',
  icon: 'UserCheck',
  permission: 'patients.assign_doctor',
  title: 'patient_name',
  properties: {
    patient_name: { inList: true },
    patient: { inList: true, isFilter: true },
    clinician: { inList: true, isFilter: true },
    state: { inList: true, isFilter: true, values: ASSIGNMENT_STATES },
    since: { type: 'datetime', inList: true, isFilter: true },
    until: { type: 'datetime', inList: true },
    assigned_by: {},
    ended_by: {},
    uuid: {},
  },
  browse: browseAssignments,
  open: openAssignmentRow,
  related: PATIENT,
  openings: {
    assign: {
      gate: assignDoctorByMrn,
      permission: 'patients.assign_doctor',
      icon: 'UserPlus',
      fields: { mrn: { type: 'text', isRequired: true, most: 36 }, doctor: offeredDoctors },
      input: (_, { mrn, doctor }) => ({ mrn, doctor_id: doctor }),
    },
  },
  actions: {
    end: {
      gate: unassignDoctor,
      permission: 'patients.assign_doctor',
      icon: 'UserMinus',
      asksReason: true,
      isFor: ({ state }) => state === 'open',
      input: (row) => ({ patient_id: row!.patient_uuid, doctor_id: row!.clinician_uuid }),
    },
  },
}
