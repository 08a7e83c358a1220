import { ageRow } from '#tests/functional/charts/some_chart'
import type { Part } from '#tests/functional/api/example_world'
import { someRecord } from '#tests/functional/records/some_record'

export const records: Part = async ({ people, values }) => {
  const inChart = { patient_id: values.patient }
  const note = { ...inChart, type: 'note', description: 'Dort mieux' }
  const record = await someRecord(people.doctor, note)
  const elderRecord = await someRecord(people.nurse, note)
  await ageRow('medical_records', elderRecord.uuid, 25)
  const allergy = await someRecord(people.doctor, {
    ...inChart,
    type: 'allergy',
    description: 'Pénicilline',
    code: '91936005',
    code_system: 'SNOMED CT',
    content: { severity: 'severe', reactions: ['urticaire'], category: 'medication' },
  })
  return { record: record.uuid, elderRecord: elderRecord.uuid, allergy: allergy.uuid }
}
