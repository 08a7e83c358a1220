import type { HttpContext } from '@adonisjs/core/http'
import { many } from '#app/http/answer'
import { callerFrom } from '#app/http/caller_from'
import { queryOf } from '#app/http/sparse'
import { listChartRecords } from '#app/records/find_medical_records'
import MedicalRecordTransformer from '#app/records/medical_record_transformer'

export default class ChartRecordsController {
  async index(ctx: HttpContext) {
    const page = await listChartRecords(callerFrom(ctx), { ...queryOf(ctx), patient: ctx.params.patient })
    return many(ctx, MedicalRecordTransformer.transform(page.rows), page)
  }
}
