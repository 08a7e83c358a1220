import { listAlerts } from '#app/alerts/find_alerts'
import { listAccesses, listAuditLogs } from '#app/audit/find_audit_logs'
import { ADDENDA } from '#app/charts/addenda_of_records'
import { consultationHistory } from '#app/charts/histories'
import { listTimeline } from '#app/charts/timeline'
import type Consultation from '#app/consultations/consultation'
import { listChartConsultations, listConsultations } from '#app/consultations/find_consultations'
import type { Caller } from '#app/core/caller'
import type { Page } from '#app/core/keyset'
import { listDoctorPatients } from '#app/doctors/find_doctor_patients'
import { listDoctors } from '#app/doctors/find_doctors'
import { listChartLabResults, listLabResults } from '#app/labs/find_lab_results'
import type Patient from '#app/patients/patient'
import { listChartPrescriptions, listPrescriptions } from '#app/prescriptions/find_prescriptions'
import { listChartRecords } from '#app/records/find_medical_records'
import type User from '#app/users/user'

/** The chart, the people and the record whose lists are read. */
export interface Parties {
  patient: Patient
  doctor: User
  lab: User
  consultation: Consultation
}

/** A list, and the indexes in which each page of it begins where the last one ended; one of several by `|`. */
export interface ListCase {
  list: (caller: Caller, raw: any) => Promise<unknown>
  by: 'doctor' | 'lab' | 'admin'
  asked?: (parties: Parties) => object
  indexes: string[]
  /** Few at most, which are put in order for each page: a clinician's patients, the clinicians of a house. */
  areFew?: true
}

type List = (caller: Caller, raw: any) => Promise<Page<unknown>>

const ofChart = ({ patient }: Parties) => ({ patient: patient.uuid })
const CHART_INDEXES = [
  'consultations_patient_id_date_uuid_index',
  'prescriptions_patient_id_prescribed_at_uuid_index',
  'medical_records_patient_id_timeline_at_uuid_index',
  'lab_results_patient_id_result_date_uuid_index',
]
const ofOneChart = (list: List, index: string): ListCase => ({ list, by: 'doctor', asked: ofChart, indexes: [index] })
const forAdmin = (list: List, index: string, asked: ListCase['asked'] = () => ({})): ListCase => ({
  list,
  by: 'admin',
  asked,
  indexes: [index],
})

export const LISTS: Record<string, ListCase> = {
  'the timeline of a chart': { list: listTimeline, by: 'doctor', asked: ofChart, indexes: CHART_INDEXES },
  'the consultations of a chart': ofOneChart(listChartConsultations, CHART_INDEXES[0]!),
  'the prescriptions of a chart': ofOneChart(listChartPrescriptions, CHART_INDEXES[1]!),
  'the medical records of a chart': ofOneChart(listChartRecords, CHART_INDEXES[2]!),
  'the lab results of a chart': ofOneChart(listChartLabResults, CHART_INDEXES[3]!),
  'the prescriptions of a consultation': {
    list: listPrescriptions,
    by: 'doctor',
    asked: ({ consultation }) => ({ consultation: consultation.uuid }),
    indexes: ['prescriptions_consultation_id_prescribed_at_uuid_index'],
  },
  'the addenda to a record': {
    list: ADDENDA.consultations.list,
    by: 'doctor',
    asked: ({ consultation }) => ({ record_id: consultation.uuid }),
    indexes: ['addenda_entity_uuid_entity_created_at_uuid_index'],
  },
  'the versions of a record': {
    list: consultationHistory,
    by: 'doctor',
    asked: ({ consultation }) => ({ id: consultation.uuid, limit: 2 }),
    indexes: ['record_versions_entity_uuid_entity_version_unique'],
  },
  'the consultations that a doctor held': {
    list: listConsultations,
    by: 'doctor',
    indexes: ['consultations_doctor_id_date_uuid_index'],
  },
  'all consultations': forAdmin(listConsultations, 'consultations_date_uuid_index'),
  'all consultations of a status': forAdmin(
    listConsultations,
    'consultations_date_uuid_index|consultations_status_date_uuid_index',
    () => ({ status: 'planned' })
  ),
  'all consultations of one doctor': forAdmin(
    listConsultations,
    'consultations_doctor_id_date_uuid_index',
    ({ doctor }) => ({ doctor_id: doctor.uuid })
  ),
  'the lab results that a laboratory entered': {
    list: listLabResults,
    by: 'lab',
    indexes: ['lab_results_performed_by_result_date_uuid_index'],
  },
  'all lab results': forAdmin(listLabResults, 'lab_results_result_date_uuid_index'),
  'all lab results of a status': forAdmin(
    listLabResults,
    'lab_results_result_date_uuid_index|lab_results_status_result_date_uuid_index',
    () => ({ status: 'preliminary' })
  ),
  'all lab results of one laboratory': forAdmin(
    listLabResults,
    'lab_results_performed_by_result_date_uuid_index',
    ({ lab }) => ({ performed_by: lab.uuid })
  ),
  'the audit': forAdmin(listAuditLogs, 'audit_logs_created_at_id_index'),
  'the audit of one user': forAdmin(listAuditLogs, 'audit_logs_user_id_created_at_index', ({ doctor }) => ({
    user: doctor.uuid,
  })),
  'the audit of one patient': forAdmin(listAuditLogs, 'audit_logs_patient_uuid_created_at_index', ofChart),
  'the audit of an action': forAdmin(listAuditLogs, 'audit_logs_action_created_at_index', () => ({
    action: 'consultations.open',
  })),
  'the audit of an outcome': forAdmin(listAuditLogs, 'audit_logs_outcome_created_at_index', () => ({
    outcome: 'done',
  })),
  'the audit of a period': forAdmin(listAuditLogs, 'audit_logs_created_at_id_index', () => ({
    from: '2018-01-01T00:00:00Z',
    to: '2025-06-01T00:00:00Z',
  })),
  'who opened a chart': forAdmin(listAccesses, 'audit_logs_patient_uuid_created_at_index', ofChart),
  'the alerts': forAdmin(listAlerts, 'alerts_created_at_uuid_index'),
  'the alerts that are open': forAdmin(listAlerts, 'alerts_state_created_at_uuid_index', () => ({ state: 'open' })),
  'the clinicians': { ...forAdmin(listDoctors, 'users_name_uuid_index|PRIMARY', () => ({ limit: 2 })), areFew: true },
  'the patients of a doctor': {
    list: listDoctorPatients,
    by: 'doctor',
    asked: ({ doctor }) => ({ id: doctor.uuid, limit: 2 }),
    indexes: ['doctor_patient_doctor_id_patient_id_is_open_unique|patients_sort_name_uuid_index'],
    areFew: true,
  },
}
