import { assignDoctor } from '#app/doctors/assign_doctor'
import { unlinkAccount } from '#app/links/unlink_account'
import { browsePatients, openPatientRow, PATIENT_STATES } from '#app/patients/browse_patients'
import { SEXES } from '#app/patients/patient_validator'
import { restorePatient, retirePatient } from '#app/patients/retire_patient'
import { offeredDoctors } from '#admin/resources/offered_doctors'
import { chartsOf } from '#admin/resources/related_charts'
import type { AdminResource, Row } from '#admin/resource'

const versioned = (row: Row | null) => ({ id: row!.id, version: row!.version })

/** Who they are. What reaches them, and their national id, are encrypted and not here. */
export const patients: AdminResource = {
  id: 'patients',
  group: 'care',
  icon: 'User',
  permission: 'patients.view_any',
  title: 'name',
  sort: { sortBy: 'name', direction: 'asc' },
  properties: {
    name: { inList: true, isSortable: true },
    mrn: { inList: true, isFilter: true },
    family_name: { isFilter: true },
    given_name: {},
    sex: { inList: true, values: SEXES },
    dob: { type: 'date', inList: true, isFilter: true, isSortable: true },
    state: { inList: true, isFilter: true, values: PATIENT_STATES },
    retired_at: { type: 'datetime' },
    merged_into: {},
    clinicians: { isList: true },
    account: { values: ['linked', 'none'] },
    created_at: { type: 'datetime', inList: true, isSortable: true },
    updated_at: { type: 'datetime' },
    uuid: {},
  },
  browse: browsePatients,
  open: openPatientRow,
  related: chartsOf('mrn'),
  actions: {
    assign: {
      gate: assignDoctor,
      permission: 'patients.assign_doctor',
      icon: 'UserPlus',
      isFor: ({ state }) => state === 'active',
      fields: { doctor: offeredDoctors },
      input: (row, { doctor }) => ({ patient_id: row!.id, doctor_id: doctor }),
    },
    unlink_account: {
      gate: unlinkAccount,
      permission: 'patients.link_account',
      icon: 'Link',
      isDangerous: true,
      asksReason: true,
      isFor: ({ account }) => account === 'linked',
      input: (row) => ({ patient_id: row!.id }),
    },
    retire: {
      gate: retirePatient,
      permission: 'patients.retire',
      icon: 'Archive',
      asksReason: true,
      isFor: ({ state }) => state === 'active',
      input: versioned,
    },
    restore: {
      gate: restorePatient,
      permission: 'patients.retire',
      icon: 'RotateCcw',
      asksReason: true,
      isFor: ({ state }) => state === 'retired',
      input: versioned,
    },
  },
}
