import { browseMedicalRecords, openMedicalRecordRow } from '#app/records/browse_medical_records'
import { RECORD_STATES, RECORD_TYPES } from '#app/records/medical_record_validator'
import { PATIENT } from '#admin/resources/related_charts'
import type { AdminResource } from '#admin/resource'

/** Of what kind they are, by whom and of when; nothing of what they say. */
export const medicalRecords: AdminResource = {
  id: 'medical_records',
  group: 'care',
  icon: 'FileText',
  permission: 'charts.view_any',
  title: 'patient',
  properties: {
    type: { inList: true, isFilter: true, values: RECORD_TYPES },
    patient: { inList: true, isFilter: true },
    clinician: { inList: true, isFilter: true },
    date: { type: 'datetime', inList: true, isFilter: true },
    ended_at: { type: 'datetime' },
    status: { inList: true, isFilter: true, values: RECORD_STATES },
    consultation: {},
    created_at: { type: 'datetime' },
    updated_at: { type: 'datetime' },
    uuid: {},
  },
  browse: browseMedicalRecords,
  open: openMedicalRecordRow,
  related: PATIENT,
}
