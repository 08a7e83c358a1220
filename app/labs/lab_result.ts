import { compose } from '@adonisjs/core/helpers'
import { belongsTo } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import { chartRow } from '#app/core/chart_row'
import type { ClinicalRow } from '#app/core/clinical_row'
import Patient from '#app/patients/patient'
import { LabResultSchema } from '#database/schema'

export default class LabResult extends compose(LabResultSchema, chartRow('lab_result')) implements ClinicalRow {
  @belongsTo(() => Patient)
  declare patient: BelongsTo<typeof Patient>
}
