import type { LucidModel, LucidRow } from '@adonisjs/lucid/types/model'
import { toldAccess } from '#app/charts/chart_access'
import { findInChart, type ChartScope, type InChart } from '#app/charts/find_in_chart'
import Consultation from '#app/consultations/consultation'
import ConsultationPolicy from '#app/consultations/consultation_policy'
import type { Actor } from '#app/core/actor'
import type { ClinicalRow } from '#app/core/clinical_row'
import type { PolicyClass } from '#app/core/use_case'
import LabResult from '#app/labs/lab_result'
import LabResultPolicy from '#app/labs/lab_result_policy'
import { withinReach } from '#app/labs/reach'
import Prescription from '#app/prescriptions/prescription'
import PrescriptionPolicy from '#app/prescriptions/prescription_policy'
import MedicalRecord from '#app/records/medical_record'
import MedicalRecordPolicy from '#app/records/medical_record_policy'

export type KeptRow = ClinicalRow & LucidRow

type Policy = readonly [PolicyClass, string]

/** A kind of record whose versions are kept: how one is found, who may open it, and what its foreign keys point to. */
export interface KeptKind<Row extends KeptRow, Found extends Row = Row> {
  /** Begins the names of its gates. */
  domain: string
  model: LucidModel
  /** Its address names the consultation too. */
  isInConsultation?: boolean
  find(id: string, scope: ChartScope, consultation?: string): Promise<Found>
  view: Policy
  /** Where it is clinical text: how the audit is told of a reading. */
  toldAccess?: typeof toldAccess
  /** By the name under which `named` selects a uuid: the attribute and the table that it comes from. */
  references: Record<string, readonly [attribute: string, table: string]>
  /** Whether this reader could have opened that version when it was the present one. */
  shows?(version: Row, user: Actor, present: Found): boolean
}

/** A kind of record in a chart, to which others than its author add. */
export interface ChartKind<Row extends KeptRow> extends KeptKind<Row, Row & InChart> {
  write: Policy
}

export const CONSULTATIONS: ChartKind<Consultation> = {
  domain: 'consultations',
  model: Consultation,
  find(id, { caller, client }) {
    const query = Consultation.named(Consultation.query({ client })).where('consultations.uuid', id)
    return findInChart(query, { caller, client })
  },
  view: [ConsultationPolicy, 'view'],
  write: [ConsultationPolicy, 'write'],
  toldAccess,
  references: { doctor_uuid: ['doctorId', 'users'] },
}

export const PRESCRIPTIONS: ChartKind<Prescription> = {
  domain: 'prescriptions',
  model: Prescription,
  isInConsultation: true,
  find(id, { caller, client }, consultation) {
    const query = Prescription.named(Prescription.query({ client }))
      .where('prescriptions.uuid', id)
      .whereRaw('prescriptions.consultation_id = (select c.id from consultations c where c.uuid = ?)', [consultation!])
    return findInChart(query, { caller, client })
  },
  view: [PrescriptionPolicy, 'view'],
  write: [PrescriptionPolicy, 'prescribe'],
  toldAccess,
  references: { consultation_uuid: ['consultationId', 'consultations'], prescriber_uuid: ['prescribedBy', 'users'] },
}

export const MEDICAL_RECORDS: ChartKind<MedicalRecord> = {
  domain: 'records',
  model: MedicalRecord,
  find(id, { caller, client }) {
    const query = MedicalRecord.named(MedicalRecord.query({ client })).where('medical_records.uuid', id)
    return findInChart(query, { caller, client })
  },
  view: [MedicalRecordPolicy, 'view'],
  write: [MedicalRecordPolicy, 'write'],
  toldAccess,
  references: { consultation_uuid: ['consultationId', 'consultations'], doctor_uuid: ['doctorId', 'users'] },
}

export const LAB_RESULTS: ChartKind<LabResult> = {
  domain: 'labs',
  model: LabResult,
  find(id, { caller, client }) {
    const query = LabResult.named(LabResult.query({ client })).where('lab_results.uuid', id)
    return findInChart(withinReach(query, caller.user), { caller, client })
  },
  view: [LabResultPolicy, 'view'],
  write: [LabResultPolicy, 'amend'],
  toldAccess,
  references: {
    consultation_uuid: ['consultationId', 'consultations'],
    performer_uuid: ['performedBy', 'users'],
    validator_uuid: ['validatedBy', 'users'],
  },
  shows: (version, user, { owner }) => version.isReleased || !owner.belongsTo(user) || version.isEnteredBy(user),
}
