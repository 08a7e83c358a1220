import { BaseTransformer } from '@adonisjs/core/transformers'
import Type, { type Static, type TSchema } from 'typebox'
import type { TimelineKind } from '#app/charts/chart_validator'
import type { TimelineEntry } from '#app/charts/timeline'
import { consultationData, consultationShape } from '#app/consultations/consultation_transformer'
import { choice, instant, shape } from '#app/http/shapes'
import { labResultData, labResultShape } from '#app/labs/lab_result_transformer'
import { prescriptionData, prescriptionShape } from '#app/prescriptions/prescription_transformer'
import { medicalRecordData, medicalRecordShape } from '#app/records/medical_record_transformer'

const entryShape = <const Name extends string, Record extends TSchema>(
  name: Name,
  kind: TimelineKind,
  record: Record
) => shape(`Timeline${name}`, { kind: choice([kind]), date: instant(), record })

const entryShapes = [
  entryShape('Consultation', 'consultation', consultationShape),
  entryShape('Prescription', 'prescription', prescriptionShape),
  entryShape('MedicalRecord', 'medical_record', medicalRecordShape),
  entryShape('LabResult', 'lab_result', labResultShape),
] as const

/** Which of them it is, `kind` says. */
export const timelineEntryShape = Type.Unsafe<Static<(typeof entryShapes)[number]>>({
  oneOf: [...entryShapes],
  discriminator: { propertyName: 'kind' },
})

export default class TimelineTransformer extends BaseTransformer<TimelineEntry> {
  toObject(): Static<typeof timelineEntryShape> {
    const { kind, at } = this.resource
    return { kind, date: at.toISOString(), record: recordOf(this.resource) } as Static<typeof timelineEntryShape>
  }
}

function recordOf(entry: TimelineEntry) {
  switch (entry.kind) {
    case 'consultation':
      return consultationData(entry.row)
    case 'prescription':
      return prescriptionData(entry.row)
    case 'medical_record':
      return medicalRecordData(entry.row)
    case 'lab_result':
      return labResultData(entry.row)
  }
}
