import { compose } from '@adonisjs/core/helpers'
import { belongsTo } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import Consultation from '#app/consultations/consultation'
import { chartRow } from '#app/core/chart_row'
import type { ClinicalRow } from '#app/core/clinical_row'
import { PrescriptionSchema } from '#database/schema'

export default class Prescription extends compose(PrescriptionSchema, chartRow('prescription')) implements ClinicalRow {
  @belongsTo(() => Consultation)
  declare consultation: BelongsTo<typeof Consultation>
}
